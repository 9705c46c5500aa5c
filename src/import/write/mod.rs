//! What was recognised becomes a record with its text, and the proof that nothing was lost.

pub(crate) mod agree;
pub(crate) mod anchors;
pub(crate) mod fidelity;
pub(crate) mod fill;
pub(crate) mod ids;
pub(crate) mod json;
pub(crate) mod kept;
mod marked;
mod media;
mod merge;
pub(crate) mod provenance;
pub(crate) mod record;
pub(crate) mod shelf;
pub(crate) mod tape;
pub(crate) mod update;
