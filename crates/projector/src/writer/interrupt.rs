//! Where tests cut the writer off between two batches, as a kill would.

use crate::writer::{End, Writer};

#[cfg(test)]
impl Writer {
    pub(super) fn interrupt_after_facts(&mut self) -> Result<(), End> {
        use crate::config::Interruption;
        self.groups_done += 1;
        match self.config.interruption {
            Some(Interruption::AfterFacts(at)) if at == self.groups_done => Err(End::Interrupted),
            Some(Interruption::AfterFacts(_) | Interruption::AfterFirstModel(_)) | None => Ok(()),
        }
    }

    pub(super) fn interrupt_after_model(&self) -> Result<(), End> {
        use crate::config::Interruption;
        match self.config.interruption {
            Some(Interruption::AfterFirstModel(at)) if at == self.groups_done => {
                Err(End::Interrupted)
            }
            Some(Interruption::AfterFacts(_) | Interruption::AfterFirstModel(_)) | None => Ok(()),
        }
    }
}

#[cfg(not(test))]
#[expect(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "only tests interrupt"
)]
impl Writer {
    pub(super) fn interrupt_after_facts(&mut self) -> Result<(), End> {
        Ok(())
    }

    pub(super) fn interrupt_after_model(&self) -> Result<(), End> {
        Ok(())
    }
}
