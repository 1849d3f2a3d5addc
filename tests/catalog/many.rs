//! Many at once: clients, boxes, hosts.

use std::time::{Duration, Instant};

use crossbeam_channel::unbounded;
use model_server::{File, ModelServer, Route};
use nn_core::catalog::{CatalogError, CatalogReport, CatalogRequest, Requester};

use crate::stand::{Stand, answers, bytes, download, index, path};

/// A page of many models that are the same file.
fn many(server: &ModelServer, count: usize, file: &File) -> Stand {
    let links: String = (0..count).map(|n| format!("<a href='m{n}.ts'>")).collect();
    server.put("/models/", Route::html(links));
    for n in 0..count {
        server.put(&format!("/models/m{n}.ts"), file.clone());
    }
    Stand::new(&[index("page", server)])
}

#[test]
fn fifty_clients_get_fifty_models() {
    let server = ModelServer::http();
    let stand = many(&server, 50, &File::new(bytes("gain")).paced(2_000, Duration::from_millis(5)));
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..50)
            .map(|n| {
                let catalog = stand.another();
                scope.spawn(move || path(answers(&catalog, download(&format!("m{n}")))))
            })
            .collect();
        for client in clients {
            let path = client.join().expect("no panic").expect("brought");
            assert_eq!(std::fs::read(path).expect("a file"), bytes("gain"));
        }
    });
    assert_eq!(stand.all_files().len(), 50, "{:?}", stand.all_files());
    for n in 0..50 {
        assert_eq!(server.count(&format!("/models/m{n}.ts")), 1, "m{n}");
        stand.delete(&format!("m{n}")).expect("all of them were noted");
    }
}

#[test]
fn fifty_clients_that_want_the_same_download_it_once() {
    let server = ModelServer::http();
    let stand = many(&server, 1, &File::new(bytes("gain")).paced(1_000, Duration::from_millis(10)));
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..50)
            .map(|_| {
                let catalog = stand.another();
                scope.spawn(move || path(answers(&catalog, download("m0"))))
            })
            .collect();
        for client in clients {
            assert_eq!(client.join().expect("no panic"), Ok(stand.models().join("m0.ts")));
        }
    });
    assert_eq!(server.count("/models/m0.ts"), 1);
    assert_eq!(stand.all_files(), ["m0.ts"]);
}

#[test]
fn boxes_of_one_host_that_want_the_same_share_one_download_and_all_hear_of_it() {
    let server = ModelServer::http();
    let stand = many(&server, 1, &File::new(bytes("codec")).paced(100_000, Duration::from_millis(50)));
    let boxes: Vec<_> = (0..8)
        .map(|_| {
            let (sender, receiver) = unbounded();
            stand.catalog.request(download("m0"), &Requester::new(sender));
            receiver
        })
        .collect();
    for receiver in boxes {
        let all: Vec<_> = std::iter::from_fn(|| receiver.recv_timeout(Duration::from_secs(20)).ok())
            .scan(false, |ended, answer| (!std::mem::replace(ended, answer.is_last())).then_some(answer))
            .take(100)
            .collect();
        assert!(all.iter().any(|answer| matches!(answer, CatalogReport::Progress { .. })), "{all:?}");
        assert!(all.iter().any(|answer| matches!(answer, CatalogReport::Downloaded { .. })), "{all:?}");
    }
    assert_eq!(server.count("/models/m0.ts"), 1);
}

#[test]
fn two_downloads_run_at_a_time_and_the_rest_waits() {
    let server = ModelServer::http();
    let stand = many(&server, 6, &File::new(bytes("gain")).paced(1_000, Duration::from_millis(25)));
    let (sender, receiver) = unbounded();
    let requester = Requester::new(sender);
    for n in 0..6 {
        stand.catalog.request(download(&format!("m{n}")), &requester);
    }
    let (mut done, mut begun) = (0, Vec::new());
    while done < 6 {
        let models = |server: &ModelServer| server.seen().iter().filter(|s| s.target != "/models/").count();
        assert!(models(&server) <= done + 2, "{done} were through");
        match receiver.recv_timeout(Duration::from_secs(20)).expect("an answer") {
            CatalogReport::Downloaded { .. } => done += 1,
            CatalogReport::Progress { model, .. } => begun.push(model),
            other => panic!("{other:?}"),
        }
    }
    assert!(begun.len() >= 6);
}

#[test]
fn cards_that_nobody_knows_keep_none_waiting_that_are_known() {
    let (up, down) = (ModelServer::http(), ModelServer::http());
    up.put("/models/", Route::html("<a href='voice.ts'>"));
    up.put("/models/voice.ts", File::new(bytes("gain")));
    down.put("/models/", Route::Silence);
    let stand = Stand::new(&[index("page", &up), index("down", &down)]);
    let (sender, receiver) = unbounded();
    let requester = Requester::new(sender);
    for n in 0..12 {
        stand.catalog.request(download(&format!("unknown{n}")), &requester);
    }
    let outside =
        CatalogRequest::Download { model: "page/voice".into(), name: Some("../x".into()), force: false };
    stand.catalog.request(outside, &requester);
    let at_once = receiver.try_recv();
    assert!(matches!(at_once, Ok(CatalogReport::Failed(CatalogError::Name(_)))), "{at_once:?}");
    stand.catalog.request(download("page/voice"), &requester);
    let mut last = std::iter::from_fn(|| receiver.recv_timeout(Duration::from_secs(20)).ok())
        .filter(CatalogReport::is_last);
    assert!(matches!(last.next(), Some(CatalogReport::Downloaded { .. })));
    for n in 0..12 {
        let answer = last.next();
        assert!(
            matches!(answer, Some(CatalogReport::Failed(CatalogError::NoModel { .. }))),
            "{n}: {answer:?}"
        );
    }
    // All of them shared one look at the sources, with its tries.
    assert!(down.count("/models/") <= 3, "{}", down.count("/models/"));
}

#[test]
fn progress_is_told_at_most_four_times_a_second() {
    let server = ModelServer::http();
    let stand = many(&server, 1, &File::new(bytes("codec")).paced(20_000, Duration::from_millis(12)));
    let (sender, receiver) = unbounded();
    stand.catalog.request(download("m0"), &Requester::new(sender));
    let (mut times, mut last) = (Vec::new(), 0);
    loop {
        match receiver.recv_timeout(Duration::from_secs(20)).expect("an answer") {
            CatalogReport::Progress { bytes: at, total, .. } => {
                assert!(at >= last && total == Some(bytes("codec").len() as u64), "{at} of {total:?}");
                last = at;
                times.push(Instant::now());
            }
            CatalogReport::Downloaded { .. } => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(times.len() >= 3, "{}", times.len());
    for pair in times.windows(5) {
        assert!(pair[4] - pair[0] > Duration::from_millis(900), "{:?}", pair[4] - pair[0]);
    }
}

#[test]
fn a_request_takes_no_time_whatever_the_servers_do() {
    let server = ModelServer::http();
    server.put("/models/", Route::Silence);
    let stand = Stand::new(&[index("page", &server)]);
    let (sender, _nobody_reads) = unbounded();
    let requester = Requester::new(sender);
    let mut times = Vec::new();
    for n in 0..200 {
        for ask in [
            CatalogRequest::List { source: None },
            download(&format!("m{n}")),
            CatalogRequest::Delete("voice".into()),
            CatalogRequest::Cancel(Some("m1".into())),
        ] {
            let begin = Instant::now();
            stand.catalog.request(ask, &requester);
            times.push(begin.elapsed());
        }
    }
    // A busy machine may take the processor away for longer, but seldom.
    times.sort();
    let (seldom, longest) = (times[times.len() * 99 / 100], times[times.len() - 1]);
    assert!(
        seldom < Duration::from_millis(5) && longest < Duration::from_millis(500),
        "{seldom:?} {longest:?}"
    );
}
