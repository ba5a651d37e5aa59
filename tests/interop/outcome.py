"""What an application can learn of a call that it made, asked of each client in the client's own way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    result: str  # `placed` and the job, or the kind of error
    code: str | None = None
    status: int | None = None
    request_id: str | None = None
    may_be_ringing: bool | None = None  # None: the client does not say
    attempts: int | None = None  # how many the client says it made
    shown: str = ""  # every text that the error would leave in a log
