//! A box's client of the model catalogue. A build without the catalogue answers that it has none.

#[cfg(feature = "catalog")]
mod catalogue;

#[cfg(feature = "catalog")]
pub use catalogue::Desk;
#[cfg(not(feature = "catalog"))]
pub use without::Desk;

#[cfg(not(feature = "catalog"))]
mod without {
    use crate::{
        main_thread::OnMainThread,
        message::{CatalogueRequest, Said},
    };

    /// Answers that there is no catalogue.
    #[derive(Debug, Default)]
    pub struct Desk {
        thread: OnMainThread,
        said: Vec<Said>,
    }

    impl Desk {
        /// Answers with an error.
        ///
        /// Thread: main.
        pub fn request(&mut self, _request: CatalogueRequest) {
            self.said.push(Said::Error("this build has no model catalogue: use one with it".into()));
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
        pub fn poll(&mut self) -> Vec<Said> {
            std::mem::take(&mut self.said)
        }
    }
}
