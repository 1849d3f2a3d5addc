//! A profile for programs.

use nn_core::figures::of_sorted;
use serde_json::{Value, json};

use super::{
    computed::Computed,
    measured::{Measured, middle},
    rows::{Row, modules, operators},
    step::Limits,
    task::Task,
};

/// Everything, as one object. Times are in ms by call, shares are parts of one.
pub fn object(task: &Task, measured: &Measured) -> Value {
    let of = |part| of_sorted(&measured.plain_ms, part);
    let computed = Computed::of(&measured.parts, &measured.limits);
    let rows = |rows: Vec<Row>| rows.iter().map(|row| row_of(row, &measured.limits)).collect::<Vec<_>>();
    let mut object = json!({
        "model": task.chosen.path.display().to_string(),
        "sha256": task.sha256,
        "method": task.method(),
        "rate_hz": task.rate_hz,
        "buffer": task.calls.buffer,
        "buffer_ms": task.buffer_ms,
        "optimise": task.calls.optimise == 1,
        "threads": task.calls.threads,
        "seed": task.calls.seed,
        "set": task.calls.set,
        "calls": measured.plain_ms.len(),
        "load_ms": measured.load_ms,
        "first_call_ms": measured.first_ms,
        "call_ms": { "p50": of(0.5), "p95": of(0.95), "p99": of(0.99), "worst": of(1.0) },
        "calls_ms": {
            "plain": measured.calls.iter().map(|call| call.plain_ms).collect::<Vec<_>>(),
            "recorded": measured.calls.iter().map(|call| call.recorded_ms).collect::<Vec<_>>(),
        },
        "middle_call_ms": middle(&measured.plain_ms),
        "recorded_call_ms": measured.recorded_ms,
        "cost_of_recording": measured.cost_of_recording(),
        "parts_ms": measured.parts_ms(),
        "largest_gap_of_parts": measured.worst_gap,
        "modules": rows(modules(&measured.parts)),
        "operators": rows(operators(&measured.parts)),
        "parts": measured.parts,
        "peak_bytes": measured.peak_bytes,
        "memory_us_bytes": measured.memory,
        "limits": measured.limits,
        "computed": {
            "bound_by_memory": computed.bound_by_memory,
            "bound_by_arithmetic": computed.bound_by_arithmetic,
            "least": computed.least,
            "times_faster_with_bf16_weights": computed.bf16,
            "times_faster_with_int8_weights": computed.int8,
            "times_faster_per_sample_with_twice_the_buffer": computed.twice,
            "times_faster_per_sample_with_four_times_the_buffer": computed.four_times,
        },
        "printed": measured.printed,
    });
    task.where_and_how.tell(&mut object, &measured.load_after, measured.libtorch.as_deref());
    object
}

fn row_of(row: &Row, limits: &Limits) -> Value {
    json!({
        "name": row.name,
        "ms": row.ns * 1e-6,
        "runs": row.runs,
        "weight_bytes": row.weight_bytes,
        "sample_bytes": row.sample_bytes,
        "multiplications": row.products,
        "of_memory": row.of_memory(limits),
        "of_peak": row.of_peak(limits),
        "allocations": row.allocations,
        "allocated_bytes": row.allocated_bytes,
    })
}
