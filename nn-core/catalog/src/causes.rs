//! What an error came from.

use std::error::Error;

/// An error and what it came from.
pub fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error: &&'a (dyn Error + 'static)| {
        // One of the system's that wraps another one passes over it.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match wrapped {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        }
    })
}

/// The deepest cause, which says most, in one line.
pub fn innermost(error: &(dyn Error + 'static)) -> String {
    let text = causes(error).last().map(ToString::to_string).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

/// What is wrong with an answer that is none of a web server's, if that is why a request failed: another protocol, or
/// an encrypted connection asked of a server that has none.
pub fn not_understood(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(http) = causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>())
        && http.is_parse()
    {
        return Some(http.to_string());
    }
    #[cfg(not(target_vendor = "apple"))]
    {
        use rustls::Error as Fault;
        match causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())? {
            Fault::InvalidMessage(_) | Fault::InappropriateMessage { .. } => {
                Some("it speaks no https".into())
            }
            Fault::AlertReceived(_) | Fault::PeerIncompatible(_) => {
                Some("it and this program have no encryption in common".into())
            }
            _ => None,
        }
    }
    #[cfg(target_vendor = "apple")]
    None
}
