//! The host's classes of boxes, each made once.

use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};

use nn_engine::layout::BoxKind;

/// A class as the host gave it: null until it is made, then never another one. Main thread.
#[derive(Debug)]
pub struct Class<T>(AtomicPtr<T>);

impl<T> Class<T> {
    /// A class that is not made yet.
    ///
    /// Thread: any.
    pub const fn unmade() -> Self {
        Self(AtomicPtr::new(std::ptr::null_mut()))
    }

    /// The host's class, null while there is none.
    ///
    /// Thread: main.
    pub fn get(&self) -> *mut T {
        self.0.load(Relaxed)
    }

    /// Makes it unless it is made. When the host gives none (null), the next call tries again.
    ///
    /// Thread: main.
    pub fn make_once(&self, make: impl FnOnce() -> *mut T) {
        if self.get().is_null() {
            self.0.store(make(), Relaxed);
        }
    }
}

/// The classes of the boxes with sound.
#[derive(Debug)]
pub struct Classes<T>([Class<T>; 3]);

impl<T> Classes<T> {
    /// None of them is made yet.
    ///
    /// Thread: any.
    pub const fn unmade() -> Self {
        Self([const { Class::unmade() }; 3])
    }

    /// The class of a kind of box.
    ///
    /// Thread: main.
    pub fn of(&self, kind: BoxKind) -> &Class<T> {
        &self.0[match kind {
            BoxKind::Nn | BoxKind::NnMulti => 0,
            BoxKind::Mc => 1,
            BoxKind::Mcs => 2,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_made_once_and_again_only_where_the_host_gave_none() {
        let classes = Classes::<i32>::unmade();
        let (mut first, mut second) = (1, 2);
        let class = classes.of(BoxKind::Mc);
        class.make_once(std::ptr::null_mut);
        assert!(class.get().is_null());
        class.make_once(|| &raw mut first);
        class.make_once(|| &raw mut second);
        assert_eq!(class.get(), &raw mut first);
        assert!(classes.of(BoxKind::Nn).get().is_null() && classes.of(BoxKind::Mcs).get().is_null());
        classes.of(BoxKind::NnMulti).make_once(|| &raw mut second);
        assert_eq!(classes.of(BoxKind::Nn).get(), &raw mut second, "one class for both forms");
    }
}
