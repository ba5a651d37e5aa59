"""What an application can learn about a call that it made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    result: str  # `placed` and the job, or the kind of error
    code: str | None = None
    status: int | None = None
    request_id: str | None = None
    may_be_ringing: bool | None = None  # None: the client does not say
    attempts: int | None = None  # how many attempts the client reports
    shown: str = ""  # every text of the error that could get into a log
