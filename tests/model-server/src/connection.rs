//! One connection: one request, one answer.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    sync::{Arc, atomic::Ordering::SeqCst},
    time::{Duration, Instant},
};

use crate::{
    request::{Seen, read_request},
    route::{Failure, File, Route},
    shared::{Shared, lock},
};

/// How long a server stays silent that stays silent.
const SILENCE: Duration = Duration::from_secs(30);

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

pub(crate) fn serve(stream: TcpStream, shared: &Arc<Shared>) {
    let _small_pieces = stream.set_nodelay(true);
    let Ok(raw) = stream.try_clone() else { return };
    let mut stream: Box<dyn Stream> = match &shared.tls {
        None => Box::new(stream),
        Some(config) => match rustls::ServerConnection::new(config.clone()) {
            Ok(connection) => Box::new(rustls::StreamOwned::new(connection, stream)),
            Err(_) => return,
        },
    };
    // A client that goes away in the middle is what tests are about.
    let _gone = answer(&mut *stream, shared);
    let _sent = stream.flush();
    drop(stream);
    let _closed = raw.shutdown(std::net::Shutdown::Both);
}

fn answer(stream: &mut dyn Stream, shared: &Shared) -> io::Result<()> {
    let Some(seen) = read_request(stream)? else { return Ok(()) };
    lock(&shared.seen).push(seen.clone());
    let path = seen.target.split('?').next().unwrap_or_default().to_owned();
    let route = {
        let mut routes = lock(&shared.routes);
        let key = if routes.contains_key(&seen.target) { seen.target.clone() } else { path };
        routes.get_mut(&key).map(take)
    };
    send(stream, route.as_ref().unwrap_or(&Route::Status(404)), &seen, shared)
}

/// The route that counts this time.
fn take(route: &mut Route) -> Route {
    match route {
        Route::First(0, _, then) => take(then),
        Route::First(times, first, _) => {
            *times -= 1;
            (**first).clone()
        }
        other => other.clone(),
    }
}

fn send(stream: &mut dyn Stream, route: &Route, seen: &Seen, shared: &Shared) -> io::Result<()> {
    match route {
        Route::File(file) => send_file(stream, file, seen, shared),
        Route::Status(status) => text(stream, *status, "text/plain", "", "a short text"),
        Route::Redirect(target) => text(stream, 302, "text/plain", &format!("location: {target}\r\n"), ""),
        Route::Text { kind, body, next } => {
            let link =
                next.as_ref().map_or(String::new(), |next| format!("link: <{next}>; rel=\"next\"\r\n"));
            text(stream, 200, kind, &link, body)
        }
        Route::Raw(bytes) => stream.write_all(bytes.as_bytes()),
        Route::Silence => {
            wait(SILENCE, shared);
            Ok(())
        }
        Route::First(..) => Ok(()),
    }
}

fn text(stream: &mut dyn Stream, status: u16, kind: &str, headers: &str, body: &str) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-type: {kind}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn send_file(stream: &mut dyn Stream, file: &File, seen: &Seen, shared: &Shared) -> io::Result<()> {
    let whole = file.bytes.len();
    let same = seen.header("if-range").is_none_or(|tag| Some(tag) == file.etag.as_deref());
    let from: Option<usize> = seen
        .header("range")
        .filter(|_| file.ranges && same)
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let mut head = String::from("connection: close\r\ncontent-type: application/octet-stream\r\n");
    if let Some(etag) = &file.etag {
        head += &format!("etag: {etag}\r\n");
    }
    if from.is_some_and(|from| from >= whole) {
        return write!(
            stream,
            "HTTP/1.1 416 Said\r\n{head}content-range: bytes */{whole}\r\ncontent-length: 0\r\n\r\n"
        );
    }
    let body = &file.bytes[from.unwrap_or(0)..];
    let status = match from {
        Some(from) => {
            head += &format!("content-range: bytes {from}-{}/{whole}\r\n", whole - 1);
            206
        }
        None => 200,
    };
    if file.length && file.failure != Some(Failure::Endless) {
        let more = if let Some(Failure::Announces(more)) = file.failure { more } else { 0 };
        head += &format!("content-length: {}\r\n", body.len() as i64 + more);
    }
    write!(stream, "HTTP/1.1 {status} Said\r\n{head}\r\n")?;
    let end = match file.failure {
        Some(Failure::CutAfter(bytes) | Failure::SilentAfter(bytes)) => bytes.min(body.len()),
        _ => body.len(),
    };
    let (piece, pause) = file.pace.unwrap_or((1 << 16, Duration::ZERO));
    for piece in body[..end].chunks(piece) {
        stream.write_all(piece)?;
        stream.flush()?;
        wait(pause, shared);
    }
    match file.failure {
        Some(Failure::SilentAfter(_)) => wait(SILENCE, shared),
        Some(Failure::Endless) => {
            while !shared.ended.load(SeqCst) {
                stream.write_all(&[0; 1 << 14])?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Waits, but not longer than the server lives.
fn wait(time: Duration, shared: &Shared) {
    let begin = Instant::now();
    while begin.elapsed() < time && !shared.ended.load(SeqCst) {
        std::thread::sleep((time - begin.elapsed().min(time)).min(Duration::from_millis(20)));
    }
}
