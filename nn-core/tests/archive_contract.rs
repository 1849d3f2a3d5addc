//! How the promises of a model are read from its file.

mod archive_files;

use std::io::Cursor;

use archive_files::{Module, int, list, text};
use nn_core::{
    archive::{ArchiveError, describe_from, verify},
    spec::{ModelSpec, SpecError},
    value::ValueType,
};

fn describe(module: Module) -> Result<ModelSpec, ArchiveError> {
    let bytes = module.archive();
    verify(&bytes)?;
    describe_from(Cursor::new(bytes))
}

fn method_names(module: Module) -> Vec<String> {
    let spec = describe(module).expect("a model");
    spec.methods.into_iter().map(|m| m.name).collect()
}

/// Three methods with params, in the order a, b, c of the source.
fn three() -> Module {
    let module = Module::new().params("c", &[1; 4]).params("a", &[1; 4]).params("b", &[1; 4]);
    module.method("a", "return 1").method("b", "return 1").method("c", "return 1")
}

#[test]
fn methods_come_from_the_list_in_its_order() {
    let cases = [
        three().method("get_methods", r#"return ["c", "a"]"#),
        three().with("_methods", &list(&["c", "a"])).method("get_methods", "return self._methods"),
        three()
            .with("_methods", &list(&["c", "a"]))
            .method("get_methods", "_0 = self._methods\n    return _0"),
        three().method("get_methods", r#"return (self).names()"#).method("names", r#"return ["c", "a"]"#),
        three().method("get_methods", r#"return annotate(List[str], ["c", "a", "c"])"#),
        three()
            .method("get_methods", r#"return ["c", "a", "without_params"]"#)
            .method("without_params", "return 1"),
        three().params("no_method", &[1; 4]).method("get_methods", r#"return ["c", "no_method", "a"]"#),
        three()
            .with("_methods", &list(&["c"]))
            .method("get_methods", r#"return torch.add(self._methods, ["a"])"#),
        three()
            .with("_methods", &list(&["c", "a"]))
            .method("get_methods", "return torch.list(self._methods)"),
    ];
    for (i, module) in cases.into_iter().enumerate() {
        assert_eq!(method_names(module), ["c", "a"], "case {i}");
    }
}

#[test]
fn typed_lists_of_older_torch_are_looked_through() {
    let tagged = [
        b"ctorch.jit._pickle\nrestore_type_tag\n(".to_vec(),
        list(&["c", "a"]),
        text("List[str]"),
        b"tR".to_vec(),
    ];
    let module = three().with("_methods", &tagged.concat()).method("get_methods", "return self._methods");
    assert_eq!(method_names(module), ["c", "a"]);
}

#[test]
fn names_that_are_not_ascii_come_from_the_constants() {
    let constants = [b"\x80\x02(".to_vec(), text("a"), b"t.".to_vec()].concat();
    let module = three().constants(&constants).method("get_methods", r#"return [CONSTANTS.c0, "b"]"#);
    assert_eq!(method_names(module), ["a", "b"]);
}

#[test]
fn a_list_that_cannot_be_followed_gives_every_method_with_params_in_the_order_of_the_state() {
    for body in [
        "return torch.append(self._methods, \"a\")",
        "return self.nothing",
        "return (\"a\",)",
        "self._methods = [\"a\"]\n    return [\"a\"]",
        "return (self).get_methods()",
        "return [1]",
        "return [\"a\"",
        "return ((((((((((((((((((((((((((((((((((((((((\"a\"))))))))))))))))))))))))))))))))))))))))",
    ] {
        assert_eq!(method_names(three().method("get_methods", body)), ["c", "a", "b"], "{body}");
    }
    assert_eq!(method_names(three()), ["c", "a", "b"]);
}

#[test]
fn params_are_read_from_every_type_of_numbers() {
    let int8: Vec<u8> = vec![2, 16, 3, 8];
    let bytes = |f: &dyn Fn(u8) -> Vec<u8>| int8.iter().flat_map(|&n| f(n)).collect::<Vec<u8>>();
    let cases = [
        ("Char", int8.clone()),
        ("Byte", int8.clone()),
        ("Short", bytes(&|n| i16::from(n).to_le_bytes().into())),
        ("Int", bytes(&|n| i32::from(n).to_le_bytes().into())),
        ("Long", bytes(&|n| i64::from(n).to_le_bytes().into())),
        ("Float", bytes(&|n| f32::from(n).to_le_bytes().into())),
        ("Double", bytes(&|n| f64::from(n).to_le_bytes().into())),
        ("BFloat16", bytes(&|n| f32::from(n).to_le_bytes()[2..].into())),
    ];
    for (element, content) in cases {
        let module =
            Module::new().tensor("forward_params", element, 4, &content).method("forward", "return 1");
        let spec = describe(module).unwrap_or_else(|e| panic!("{element}: {e}"));
        let m = &spec.methods[0];
        assert_eq!([m.in_channels, m.in_ratio, m.out_channels, m.out_ratio], [2, 16, 3, 8], "{element}");
    }
}

#[test]
fn params_may_be_a_list() {
    let numbers = [b"](".to_vec(), [1, 2, 3, 4].map(int).concat(), b"e".to_vec()].concat();
    let spec = describe(Module::new().with("forward_params", &numbers).method("forward", "return 1"));
    let m = &spec.expect("a model").methods[0];
    assert_eq!([m.in_channels, m.in_ratio, m.out_channels, m.out_ratio], [1, 2, 3, 4]);
}

#[test]
fn an_attribute_may_have_one_type_code_as_a_constant() {
    let module = three().source_lines("  level_params : Final[int] = 2\n").method("get_level", "return 0");
    let spec = describe(module).expect("a model");
    assert_eq!(spec.attribute("level").map(|a| a.types.clone()), Some(vec![ValueType::Float]));
}

#[test]
fn more_values_or_names_than_the_limits_are_refused() {
    let error =
        describe(three().view("x_params", "Long", (1, &[1; 8]), 0, &[(5000, 0)]).method("set_x", "return 0"));
    assert!(matches!(error, Err(ArchiveError::Limit { found: 5000, .. })), "{error:?}");
    let names = format!("return [{}]", "\"a\", ".repeat(2000));
    let error = describe(three().method("get_methods", &names));
    assert!(matches!(error, Err(ArchiveError::Limit { found: 2000, .. })), "{error:?}");
}

#[test]
fn params_may_be_a_view_of_something_larger() {
    let content: Vec<u8> = (0..12i64).flat_map(|n| (n + 1).to_le_bytes()).collect();
    // Every third number from the second on, as a column.
    let module = Module::new()
        .view("forward_params", "Long", (12, &content), 1, &[(2, 6), (2, 3)])
        .method("forward", "return 1");
    let spec = describe(module).expect("a model");
    let m = &spec.methods[0];
    assert_eq!([m.in_channels, m.in_ratio, m.out_channels, m.out_ratio], [2, 5, 8, 11]);
}

#[test]
fn attributes_are_listed_or_found_by_their_params() {
    let module = || {
        let codes: Vec<u8> = [0i64, 1, 2, 3, 4, 5].iter().flat_map(|n| n.to_le_bytes()).collect();
        let module =
            three().tensor("all_params", "Long", 6, &codes).tensor("other_params", "Long", 1, &codes[..8]);
        let module = module.tensor("unreachable_params", "Long", 1, &codes[..8]);
        module.method("set_all", "return 0").method("get_other", "return 0")
    };
    let found = describe(module()).expect("a model").attributes;
    assert_eq!(found.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["all", "other"]);
    assert_eq!(
        found[0].types.iter().map(|&t| ValueType::name(t)).collect::<Vec<_>>().join(" "),
        "bool int float string tensor buffer"
    );
    let listed = describe(module().method("get_attributes", r#"return ["none", "other"]"#)).expect("a model");
    assert_eq!(listed.attributes.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["other"]);
}

#[test]
fn labels_are_kept_when_there_is_one_per_channel() {
    let module = Module::new()
        .params("forward", &[2, 1, 1, 1])
        .with("forward_input_labels", &list(&["left", "r\u{e9}"]))
        .with("forward_output_labels", &list(&["one", "too many"]))
        .method("forward", "return 1");
    let spec = describe(module).expect("a model");
    assert_eq!(spec.methods[0].input_labels, ["left", "r\u{e9}"]);
    assert!(spec.methods[0].output_labels.is_empty());
}

#[test]
fn the_rate_is_what_the_model_would_answer() {
    let choice = "sr = self.sr\n    sr0 = unchecked_cast(Optional[int], sr)\n    if torch.__is__(sr0, None):\n      \
        _0 = -1\n    else:\n      _0 = unchecked_cast(int, sr0)\n    return _0";
    let cases = [
        (three().method("get_sample_rate", "return 48000"), Some(48_000)),
        (three().method("get_sample_rate", "return -1").with("sr", &int(44_100)), None),
        (three().method("get_sample_rate", choice).with("sr", &int(44_100)), Some(44_100)),
        (three().method("get_sample_rate", choice).with("sr", b"N"), None),
        (
            three()
                .source_lines("  rate : Final[int] = 22050\n")
                .method("get_sample_rate", "return self.rate"),
            Some(22_050),
        ),
        (three().with("sr", &int(44_100)), Some(44_100)),
        (three().with("sr", b"N").tensor("sampling_rate", "Int", 1, &48_000i32.to_le_bytes()), Some(48_000)),
        (
            three().method("get_sample_rate", "return int(torch.item(self.x))").with("sr", &int(96_000)),
            Some(96_000),
        ),
        (three().with("sr", &[&b"G"[..], &44_100f64.to_be_bytes()].concat()), Some(44_100)),
        (three(), None),
    ];
    for (i, (module, rate)) in cases.into_iter().enumerate() {
        assert_eq!(describe(module).expect("a model").sample_rate_hz, rate, "case {i}");
    }
}

#[test]
fn a_model_says_whether_it_takes_the_rate() {
    assert!(describe(three().method("set_sample_rate", "return 0")).expect("a model").takes_sample_rate);
    assert!(!describe(three()).expect("a model").takes_sample_rate);
}

#[test]
fn a_module_without_params_names_the_methods_that_it_has() {
    let module = Module::new().method("forward", "return 1").method("reset", "return 1");
    let Err(ArchiveError::Spec(SpecError::NoMethod { has })) = describe(module) else { panic!("no method") };
    assert_eq!(has, ["forward", "reset"]);
}

#[test]
fn params_that_make_no_sense_name_the_method() {
    for (params, message) in [
        (&[1i64, 1, 1][..], "3 values instead of 4"),
        (&[1, 0, 1, 1], "input ratio 0"),
        (&[1, 1, -2, 1], "-2 output channels"),
        (&[1, 1, 1, i64::MAX], "output ratio"),
    ] {
        let error =
            describe(Module::new().params("m", params).method("m", "return 1")).expect_err("bad params");
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().contains("method m"), "{error}");
    }
    let error = describe(three().params("level", &[9]).method("set_level", "return 0"))
        .expect_err("a bad type")
        .to_string();
    assert!(error.contains("attribute level: unknown type code 9"), "{error}");
}

#[test]
fn methods_that_are_listed_without_code_count_for_the_buffer_and_for_nothing_else() {
    let listing = |names: &str| three().method("get_methods", &format!("return [{names}]"));
    let ratios = |module: Module| {
        let spec = describe(module).expect("a model");
        (spec.methods.len(), spec.ratio_lcm().expect("a buffer"), spec.largest_ratio())
    };
    let dummy = |module: Module| module.params("dummy", &[1, 4096, 1, 512]);
    assert_eq!(ratios(dummy(listing(r#""c", "dummy", "dummy""#))), (1, 4096, 4096));
    // Not listed, without a list, or numbers that make no method: nothing.
    assert_eq!(ratios(dummy(listing(r#""c""#))), (1, 1, 1));
    assert_eq!(ratios(dummy(three())), (3, 1, 1));
    assert_eq!(ratios(listing(r#""c", "dummy""#).params("dummy", &[1, 0, 1, 4096])), (1, 1, 1));
    assert_eq!(ratios(listing(r#""c", "dummy""#).params("dummy", &[3])), (1, 1, 1));
}

#[test]
fn numbers_under_telling_names_are_hints_for_the_buffer() {
    let tuple = |n| [int(n), b"\x85".to_vec()].concat();
    let module =
        three().with("min_buffer_size", &tuple(200)).with("chunk_size", &int(128)).with("size", &int(7));
    let spec = describe(module.with("n_fft", &int(1)).with("window_size", &text("long"))).expect("a model");
    assert_eq!(spec.buffer_hints, [("min_buffer_size".to_owned(), 200), ("chunk_size".to_owned(), 128)]);
}
