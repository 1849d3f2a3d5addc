use proptest::prelude::*;

use super::{Graph, Node, node::MOST_NODES};

fn fault(bytes: &[u8]) -> &'static str {
    Graph::read(bytes).expect_err("the pickle is bad").what
}

#[test]
fn numbers_of_every_width_are_read() {
    let pickle = b"\x80\x02(K\xffM\x34\x12J\xfe\xff\xff\xff\x8a\x00\x8a\x01\x80\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80t.";
    let graph = Graph::read(pickle).expect("a good pickle");
    let members = graph.members(graph.root()).expect("a tuple");
    let numbers: Vec<_> = members.iter().map(|&m| graph.int_of(m)).collect();
    assert_eq!(numbers, [255, 0x1234, -2, 0, -128, i64::MIN].map(Some));
    assert_eq!(fault(b"\x8a\x09123456789."), "a number of more than 64 bits");
}

#[test]
fn objects_keep_class_arguments_and_state() {
    let pickle = b"\x80\x02c__torch__.a\nB\nq\x00)\x81}(X\x01\x00\x00\x00xK\x01X\x01\x00\x00\x00xK\x02ub.";
    let graph = Graph::read(pickle).expect("a good pickle");
    assert_eq!(graph.call(graph.root()), Some(("__torch__.a", "B", &[][..])));
    let state = graph.state(graph.root()).expect("a state");
    assert_eq!(state.len(), 2);
    assert_eq!(graph.text_of(state[1].0), Some("x"));
    assert_eq!(graph.int_of(state[1].1), Some(2));
}

#[test]
fn an_object_that_contains_itself_is_read_and_dropped() {
    let graph = Graph::read(b"]q\x00h\x00a.").expect("a good pickle");
    assert_eq!(graph.members(graph.root()), Some(&[graph.root()][..]));
}

#[test]
fn a_million_nested_tuples_do_not_overflow_the_stack() {
    let mut pickle = vec![b'N'];
    pickle.resize(1_000_000, 0x85);
    pickle.push(b'.');
    let graph = Graph::read(&pickle).expect("a good pickle");
    assert!(matches!(graph.node(graph.root()), Node::Tuple(_)));
}

#[test]
fn a_length_beyond_the_end_allocates_nothing() {
    assert_eq!(fault(b"X\xff\xff\xff\xffabc"), "it is cut");
    assert_eq!(fault(b"c__torch__"), "a name without end");
}

#[test]
fn more_objects_than_the_limit_are_refused() {
    let pickle = vec![b'N'; MOST_NODES + 1];
    assert_eq!(fault(&pickle), "more objects than any model has");
}

#[test]
fn misuse_of_the_stack_is_refused() {
    for (pickle, what) in [
        (&b"."[..], "an object is missing"),
        (b"NN.", "objects are left over"),
        (b"(N.", "objects are left over"),
        (b"t.", "a mark is missing"),
        (b"N(\x85.", "an object is missing"),
        (b"h\x07.", "a reference to nothing"),
        (b"q\x07.", "an object is missing"),
        (b"}(Nu.", "a key without a value"),
        (b"N(Ne.", "members for something that is no container"),
        (b"](NNu.", "members for something that is no container"),
        (b"NNb.", "a state for something that is no new object"),
        (b"\x80\x09.", "unknown pickle protocol"),
        (b"ios\nsystem\n.", "an opcode that TorchScript does not write"),
        (b"", "it is cut"),
    ] {
        assert_eq!(fault(pickle), what, "{pickle:?}");
    }
}

/// Opcodes with plausible arguments, so that random programs get far.
fn opcode() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::sample::select(b"NNN(((t)]}}RbQaesu.\x81\x85\x86\x87\x88\x89".to_vec()).prop_map(|b| vec![b]),
        (prop::sample::select(b"KqhK".to_vec()), 0u8..4).prop_map(|(op, n)| vec![op, n]),
        any::<i32>().prop_map(|n| [&b"J"[..], &n.to_le_bytes()].concat()),
        "[a-z]{0,4}".prop_map(|s| [&b"X"[..], &(s.len() as u32).to_le_bytes(), s.as_bytes()].concat()),
        "[a-z]{1,3}".prop_map(|s| format!("c__torch__\n{s}\n").into_bytes()),
    ]
}

proptest! {
    #[test]
    fn no_bytes_make_the_machine_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        let _ = Graph::read(&bytes);
    }

    #[test]
    fn no_program_makes_the_machine_panic(opcodes in prop::collection::vec(opcode(), 0..256)) {
        let bytes = opcodes.concat();
        if let Ok(graph) = Graph::read(&bytes) {
            for id in graph.ids() {
                let _ = (graph.call(id), graph.state(id), graph.unwrapped(id), graph.members(id));
            }
            // Every opcode makes at most one object.
            prop_assert!(graph.ids().count() <= bytes.len());
        }
    }
}
