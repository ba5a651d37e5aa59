"""Makes calls with our client, and returns outcomes that can be compared."""

from official import CALL, placed
from outcome import Outcome


def ours(caller, port, call=CALL, **settings):
    """Sends a MakeCall; `settings` are those of `tests/examples/caller/`."""
    told = caller.send(endpoint=f"http://127.0.0.1:{port}", make_call=call, **settings)
    return Outcome(
        result=told["error"] if "error" in told else placed(told["placed"]),
        code=told.get("code"),
        status=told["status"],
        request_id=told["request_id"],
        may_be_ringing=told.get("may_have_been_placed"),
        attempts=told["attempts"],
        shown=told.get("shown", ""),
    )


def response(caller, port, action, answer, **settings):
    """Sends the parameters of a call of the official client again. Returns the response as our client reads it."""
    told = caller.send(
        endpoint=f"http://127.0.0.1:{port}", operation=action, query=answer.query, form=answer.form, **settings
    )
    lost = [f"{key}: {told[key]}" for key in ("error", "notes", "unknown") if told.get(key)]
    return told.get("value"), lost
