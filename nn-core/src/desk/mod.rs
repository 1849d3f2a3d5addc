//! A box's way to the model catalogue. A build without a catalogue answers that it has none.

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

    /// Says that there is no catalogue.
    #[derive(Debug, Default)]
    pub struct Desk {
        thread: OnMainThread,
        said: Vec<Said>,
    }

    impl Desk {
        /// Is answered with an error.
        ///
        /// Thread: main.
        pub fn request(&mut self, _request: CatalogueRequest) {
            self.said.push(Said::Error("this build has no model catalogue: use one with it".into()));
        }

        /// False: nothing is on its way.
        ///
        /// Thread: main.
        pub fn pending(&self) -> bool {
            false
        }

        /// What there is to say.
        ///
        /// Thread: main.
        pub fn poll(&mut self) -> Vec<Said> {
            std::mem::take(&mut self.said)
        }
    }
}
