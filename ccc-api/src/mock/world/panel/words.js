// The words of the panel, and what its buttons do. The files of this folder are one module, in this order: words, parts,
// calls, agents, tables, mount.

const CALLEE = "13188888888"; // the callee of the documented samples
const CUSTOMER = "13900000000";

const STATES = {
  OFFLINE: ["Signed out", "idle"],
  BREAK: ["On a break", "waiting"],
  READY: ["Ready", "good"],
  DIALING: ["Dialling", "active"],
  RINGING: ["Ringing", "active"],
  TALKING: ["Talking", "active"],
  WORKING: ["After-call work", "waiting"],
  CREATED: ["Dialling", "active"],
  ANSWERED: ["Connected", "good"],
  RELEASED: ["Left", "idle"],
};
const TYPES = { INBOUND: "Inbound", OUTBOUND: "Outbound", INTERNAL: "Internal" };

/** The commands for external parties: the command, its button, and the button's name for screen readers. */
const OUTSIDE = [
  ["answer", "Answer", (who) => `Answer as ${who}`],
  ["busy", "Busy", (who) => `Busy: end the call, ${who} is on the phone`],
  ["reject", "Reject", (who) => `Reject the call as ${who}`],
  ["hang-up", "Hang up", (who) => `Hang up as ${who}`],
];

const job = ({ call }) => ({ JobId: call.id });
const transfer = (agent, to) => ({ ...job(agent), Transferee: to });

/**
 * The operations of agents: the operation, its button, and the button's name for screen readers. `parameters` returns the
 * parameters of the operation beside the agent's own. `field` is the field of the form that the button opens, if any.
 */
const AGENT = [
  {
    operation: "AnswerCall",
    label: "Answer",
    name: (who, others) => `Answer call of ${others} as ${who}`,
    parameters: job,
    primary: true,
  },
  {
    operation: "SignInGroup",
    label: "Sign in",
    name: (who) => `Sign in ${who}`,
    field: "group",
    parameters: (_, group) => ({ SignedSkillGroupIdList: JSON.stringify([group]) }),
  },
  { operation: "ReadyForService", label: "Ready", name: (who) => `Ready: ${who} takes calls` },
  { operation: "MakeCall", label: "Call", name: (who) => `Call a number as ${who}`, field: "number" },
  {
    operation: "HoldCall",
    label: "Hold",
    name: (who) => `Hold the call of ${who}`,
    parameters: (agent) => ({ ...job(agent), ChannelId: agent.call.holdable }),
  },
  {
    operation: "RetrieveCall",
    label: "Retrieve",
    name: (who) => `Retrieve the call of ${who} from hold`,
    parameters: (agent) => ({ ...job(agent), ChannelId: agent.call.held }),
  },
  { operation: "MuteCall", label: "Mute", name: (who) => `Mute ${who}`, parameters: job },
  { operation: "UnmuteCall", label: "Unmute", name: (who) => `Unmute ${who}`, parameters: job },
  {
    operation: "InitiateAttendedTransfer",
    label: "Ask a colleague",
    name: (who) => `Ask a colleague of ${who} to take the call`,
    field: "target",
    parameters: transfer,
  },
  {
    operation: "BlindTransfer",
    label: "Transfer",
    name: (who) => `Transfer the call of ${who} at once`,
    field: "target",
    parameters: transfer,
  },
  {
    operation: "CompleteAttendedTransfer",
    label: "Hand over",
    name: (who) => `Hand over the call of ${who}`,
    parameters: job,
    primary: true,
  },
  {
    operation: "CancelAttendedTransfer",
    label: "Take back",
    name: (who) => `Take back the call of ${who}`,
    parameters: job,
  },
  { operation: "ReleaseCall", label: "Hang up", name: (who) => `Hang up for ${who}`, parameters: job },
  { operation: "TakeBreak", label: "Break", name: (who) => `Break for ${who}`, parameters: () => ({ Code: "Lunch" }) },
  { operation: "SignOutGroup", label: "Sign out", name: (who) => `Sign out ${who}` },
];

const FIELDS = {
  group: { label: "Skill group", choice: true },
  number: { label: "Number", value: CALLEE },
  target: { label: "To a user, skill group or number", list: "panel-targets" },
};

/** Returns the names of the other parties in an agent's call. */
const partners = (agent) => agent.call?.with.list.join(", ") ?? "";

/** Writes milliseconds as `0:07`, `12:34` or `1:02:03`. */
function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: "UTC" }).format;

/** Returns the progress of a call: its words, the kind of its badge, and since when. */
function progress(call) {
  if (call.waits_for) return [`Waits for ${call.waits_for.name}`, "waiting", call.waits_for.since];
  if (call.established) return [call.consulting ? "Consulting" : "Talking", "good", call.established];
  const rings = call.channels.list.filter((channel) => channel.state === "RINGING");
  if (rings.length) return ["Ringing", "active", rings.at(-1).since];
  return ["Dialling", "active", call.since];
}

/** Describes how a call ended. */
function ending({ disposition, reason, talked, by_agent }) {
  if (talked === 0) return `${disposition}, ${reason}`;
  return `${disposition}, ${by_agent ? "the agent" : "the other party"} hung up`;
}
