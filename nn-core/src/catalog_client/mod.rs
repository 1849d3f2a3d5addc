//! A box's client of the model catalog. A build without the catalog answers that it has none.

#[cfg(feature = "catalog")]
mod client;

#[cfg(feature = "catalog")]
pub use client::CatalogClient;
#[cfg(not(feature = "catalog"))]
pub use without::CatalogClient;

#[cfg(not(feature = "catalog"))]
mod without {
    use crate::{
        main_thread::OnMainThread,
        message::{CatalogEvent, CatalogMessage},
    };

    /// Answers that there is no catalog.
    #[derive(Debug, Default)]
    pub struct CatalogClient {
        thread: OnMainThread,
        said: Vec<CatalogEvent>,
    }

    impl CatalogClient {
        /// Answers with an error.
        ///
        /// Thread: main.
        pub fn request(&mut self, _request: CatalogMessage) {
            self.said.push(CatalogEvent::Error("this build has no model catalog: use one with it".into()));
        }

        /// False: nothing is pending.
        ///
        /// Thread: main.
        pub fn pending(&self) -> bool {
            false
        }

        /// Answers since the last call.
        ///
        /// Thread: main.
        pub fn poll(&mut self) -> Vec<CatalogEvent> {
            std::mem::take(&mut self.said)
        }
    }
}
