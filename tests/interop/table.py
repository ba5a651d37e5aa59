"""Writes what clients did as Markdown: a small table for each behaviour, with one line for each client, for short diffs."""

SECRETS = {"13188888888": "callee", "STSTOKEN": "token", "Signature=": "signature", "testsecret": "secret"}
HEADINGS = ["client", "requests", "outcome", "code", "HTTP", "request id", "attempts", "may it ring?", "shown"]
INTRODUCTION = """\
# How clients react to a server's behaviour

Written by `.ci/interop --accept`, compared by `.ci/interop`. Every call is a MakeCall with temporary credentials.

- **client**: with its defaults. *Retries on* is the official client with three attempts for failed exchanges, an option of
  its `Config`.
- **requests**: how many the server got, and how many the host got to which a redirection pointed.
- **outcome**: what the application gets: a job, or the class of an exception or error. **code**, **HTTP** and
  **request id** are its properties. The server writes `R-BODY` in bodies and `R-HEAD` in headers.
- **attempts**: how many the client reports. The official clients do not report it.
- **may it ring?**: whether the client says that the call may have been placed although no response says so. The official
  clients do not say it.
- **shown**: which of callee, token, signature and secret are in the texts of the error and in the log.
"""


def secrets_in(text):
    return ", ".join(word for secret, word in SECRETS.items() if secret in text)


def requests(here, elsewhere):
    """Returns how many requests came, and which secrets were sent elsewhere."""
    if not elsewhere:
        return str(len(here))
    carried = secrets_in("".join(f"{request.target}{request.headers}{request.body}" for request in elsewhere))
    return f"{len(here)}, and {len(elsewhere)} elsewhere with {carried or 'no secret'}"


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value).replace("|", "\\|")


def section(name, rows):
    """Writes a table; each row has a client, the requests that the server got, and the outcome."""
    lines = [HEADINGS]
    for client, came, outcome in rows:
        lines.append(
            [
                client,
                cell(came),
                cell(outcome.result),
                cell(outcome.code),
                cell(outcome.status),
                cell(outcome.request_id),
                cell(outcome.attempts),
                cell(outcome.may_be_ringing),
                secrets_in(outcome.shown) or cell(None),
            ]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    padded = [[text.ljust(width) for text, width in zip(line, widths)] for line in lines]
    padded.insert(1, ["-" * width for width in widths])
    return f"## {name}\n\n" + "".join("| " + " | ".join(line) + " |\n" for line in padded)


def document(sections):
    return "\n".join([INTRODUCTION, *sections])
