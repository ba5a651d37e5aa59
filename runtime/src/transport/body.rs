//! Collects a body of bounded size as it arrives.

use bytes::{Bytes, BytesMut};

use crate::transport::{MAX_BODY, TransportError};

/// The chunks that have arrived. A single one, the usual case, is not copied.
#[derive(Default)]
pub(super) struct Body {
    first: Bytes,
    rest: BytesMut,
}

impl Body {
    pub(super) fn push(&mut self, chunk: Bytes) -> Result<(), TransportError> {
        let room = MAX_BODY.saturating_sub(self.first.len() + self.rest.len());
        if chunk.len() > room {
            return Err(TransportError::too_large());
        }
        if self.first.is_empty() {
            self.first = chunk;
        } else {
            self.rest.extend_from_slice(&chunk);
        }
        Ok(())
    }

    pub(super) fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() {
            return self.first;
        }
        let mut whole = BytesMut::with_capacity(self.first.len() + self.rest.len());
        whole.extend_from_slice(&self.first);
        whole.extend_from_slice(&self.rest);
        whole.freeze()
    }
}
