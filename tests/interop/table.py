"""Writes what clients did as Markdown: a small table for each behaviour, one client a line, so that diffs are short."""

SECRETS = {"13188888888": "callee", "STSTOKEN": "token", "Signature=": "signature", "testsecret": "secret"}
HEADINGS = ["client", "requests", "outcome", "code", "HTTP", "request id", "attempts", "may it ring?", "shown"]
INTRODUCTION = """\
# What clients make of a server's behaviour

Written by `.ci/interop --accept`, compared by `.ci/interop`. Every call is a MakeCall with temporary credentials.

- **client**: as its users get it. *Retries on* is the official one told to try failed exchanges three times in all,
  which is an option of its `Config`.
- **requests**: how many the server got, and what the host that a redirection pointed to got.
- **outcome**: what the application gets: a job, or the class of an exception or error. **code**, **HTTP** and
  **request id** are what it can ask that for. The service says `R-BODY` in bodies and `R-HEAD` in headers.
- **attempts**: how many the client says it made, which the official ones do not say.
- **may it ring?**: whether the client says that the call may have been placed although it has no answer that says so.
  The official clients say nothing about it.
- **shown**: what of callee, token, signature and secret is in the texts of the error and in the log.
"""


def secrets_in(text):
    return ", ".join(word for secret, word in SECRETS.items() if secret in text)


def requests(here, elsewhere):
    """How many came, and what of the secrets was carried elsewhere."""
    if not elsewhere:
        return str(len(here))
    carried = secrets_in("".join(f"{request.target}{request.headers}{request.body}" for request in elsewhere))
    return f"{len(here)}, and {len(elsewhere)} elsewhere with {carried or 'no secret'}"


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value).replace("|", "\\|")


def section(name, rows):
    """`rows`: client, what came to the server, outcome."""
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
