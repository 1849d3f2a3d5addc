//! A block waits for nothing but what it began itself: a model that keeps the GPU busy for long does not hold up another.

use std::time::Instant;

use nn_core::value::Value;

use crate::{
    figures::{largest, median},
    report::Report,
    stand::{Stand, Stream, load, on_gpu},
};

/// `slow.ts` computes for a second or so, `identity.ts` plays meanwhile.
pub fn run(stand: &Stand, report: &mut Report) {
    let slow = load(&stand.own("slow"));
    let mut slow_copy = on_gpu(&*slow);
    let identity = load(&stand.own("identity"));
    let mut quick = on_gpu(&*identity);
    let work = slow.spec().attributes.iter().position(|one| one.name == "work").expect("work");
    let mut long = |products: i64| {
        slow_copy.set(work, &[Value::Int(products)]).expect("set");
        let begin = Instant::now();
        Stream::new(&*slow_copy, 0, 512, 1).run(&mut *slow_copy).expect("it runs");
        begin.elapsed().as_secs_f64()
    };
    long(100);
    let per_product = long(2_000) / 2_000.0;
    let products = (stand.seconds(1.0) / per_product) as i64;
    let mut stream = Stream::new(&*quick, 0, 512, 1);
    stream.blocks(&mut *quick, 20).expect("it runs");
    let mut took_ms = Vec::new();
    let long_s = std::thread::scope(|scope| {
        let slow = scope.spawn(move || long(products.max(1)));
        while !slow.is_finished() {
            let begin = Instant::now();
            stream.run(&mut *quick).expect("it runs");
            took_ms.push(begin.elapsed().as_secs_f64() * 1e3);
        }
        slow.join().expect("it ends")
    });
    let (middle, worst) = (median(&took_ms), largest(&took_ms));
    let figures = format!(
        "beside a block of {:.0} ms, {} blocks of another box: median {middle:.3} ms, worst {worst:.3} ms",
        long_s * 1e3,
        took_ms.len()
    );
    report.must(took_ms.len() > 5 && worst < long_s * 1e3 / 4.0 || stand.dry, figures);
}
