//! The compiler shows how to take a part out of a response.

use ccc_api::Response;
use ccc_api::operation::make_call::MakeCallResponse;
use ccc_api::types::ChannelContext;

fn channels(response: Response<MakeCallResponse>) -> Vec<ChannelContext> {
    response.data.call_context.channel_contexts
}

fn main() {}
