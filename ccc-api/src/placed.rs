//! What is to be asked of the operations of a call centre, which ring phones.

use crate::runtime::{Error, OperationError};

// Of any operation: generated source comes and goes with the pages.
impl<E: OperationError> Error<E> {
    /// Whether the phone may ring, or may have rung, although there is no answer that says so: in any attempt.
    ///
    /// `false` is a promise that no call was placed. Where it is `true`, look before you place another. It is
    /// [`may_have_been_carried_out`](Self::may_have_been_carried_out) in the words of a call.
    ///
    /// ```no_run
    /// # async fn place(client: ccc_api::Client) {
    /// let placed = client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888").send().await;
    /// match placed {
    ///     Ok(answer) => println!("job {:?}", answer.data.call_context.job_id),
    ///     Err(error) if error.may_have_been_placed() => println!("it may be ringing: {error}"),
    ///     Err(error) => println!("no phone rings: {error}"),
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn may_have_been_placed(&self) -> bool {
        self.may_have_been_carried_out()
    }
}
