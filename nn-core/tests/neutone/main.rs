//! Effects in the format of Neutone, through libtorch, in boxes without a host.
#![cfg(feature = "torch")]

#[path = "../archive_files/mod.rs"]
mod archive_files;
mod exact;
mod generators;
mod hostile;
mod level;
mod metadata;
mod sdk;
mod stand;
#[path = "../torch_stand/mod.rs"]
mod torch_stand;
