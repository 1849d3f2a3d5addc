//! The whole check before libtorch sees a file.

use std::io::{Read, Seek};

use crate::{
    ArchiveError, code,
    container::Archive,
    limits::MOST_PICKLE_BYTES,
    nesting,
    operators::Refusal,
    pickle::{Graph, Node},
    specification,
    tensor::{Storage, Tensor},
};

/// Checks container, records and tensors; answers what the code calls and models may not.
pub(super) fn check<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Vec<Refusal>, ArchiveError> {
    archive.check_all()?;
    specification::format(archive)?;
    nesting::check_code(archive)?;
    let calls = code::read(archive)?;
    let [data, constants] = [("data.pkl", "data"), ("constants.pkl", "constants")];
    let bytes = [archive.read(data.0, MOST_PICKLE_BYTES)?, archive.read(constants.0, MOST_PICKLE_BYTES)?];
    let graphs = [specification::graph(data.0, &bytes[0])?, specification::graph(constants.0, &bytes[1])?];
    for (graph, (entry, folder)) in graphs.iter().zip([data, constants]) {
        nesting::check_pickle(entry, graph)?;
        check_tensors(archive, graph, entry, folder)?;
    }
    Ok(code::refused(calls, &graphs.each_ref()))
}

/// libtorch takes a storage's size from the pickle and its bytes from the entry, and lets a tensor begin and end
/// where the pickle says: both must fit, or it reads memory that is not the model's.
fn check_tensors<R: Read + Seek>(
    archive: &Archive<R>,
    graph: &Graph<'_>,
    pickle: &str,
    folder: &str,
) -> Result<(), ArchiveError> {
    let damaged = |what| ArchiveError::Damaged { entry: pickle.into(), what };
    for id in graph.ids() {
        if let Node::Persistent(name) = *graph.node(id) {
            let storage =
                Storage::parse(graph, name).ok_or_else(|| damaged("a storage's description is broken"))?;
            let wanted =
                storage.bytes().ok_or_else(|| damaged("a storage has an unknown type of numbers"))?;
            let entry = format!("{folder}/{}", storage.key);
            match archive.find(&entry) {
                None => return Err(ArchiveError::Missing { entry }),
                Some(found) if found.bytes < wanted => {
                    return Err(ArchiveError::Damaged { entry, what: "it is too short for its tensor" });
                }
                Some(_) => {}
            }
        }
        if let Some(tensor) = Tensor::of(graph, id) {
            tensor.and_then(|tensor| tensor.check_bounds()).map_err(damaged)?;
        }
    }
    Ok(())
}
