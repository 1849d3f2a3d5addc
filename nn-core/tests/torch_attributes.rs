//! Attributes of every type through libtorch: in, out, refused, raised.
#![cfg(feature = "torch")]

mod archive_files;
mod torch_stand;

use archive_files::Module;
use nn_core::{
    model::{AttributeError, Model, ModelSource},
    value::{SoundBuffer, Value},
};
use torch_stand::{Tensor, get, load, run, set, source};

fn word(text: &str) -> Value {
    Value::String(text.into())
}

/// Sets, reads back.
fn there_and_back(model: &mut dyn Model, name: &str, values: &[Value]) -> Vec<Value> {
    set(model, name, values).unwrap_or_else(|error| panic!("{error}"));
    get(model, name)
}

#[test]
fn every_type_comes_back_exactly() {
    let mut model = load("gain");
    // No float32 holds 0.1, no text of six decimals holds this.
    let exact = 0.100_000_000_000_000_02;
    assert_eq!(there_and_back(&mut *model, "gain", &[Value::Float(exact)]), [Value::Float(exact)]);
    assert_eq!(there_and_back(&mut *model, "gain", &[Value::Int(2)]), [Value::Float(2.0)]);
    assert_eq!(there_and_back(&mut *model, "muted", &[Value::Float(1.0)]), [Value::Bool(true)]);
    assert_eq!(there_and_back(&mut *model, "muted", &[word("off")]), [Value::Bool(false)]);
    assert_eq!(there_and_back(&mut *model, "offset_steps", &[Value::Float(-3.0)]), [Value::Int(-3)]);
    assert_eq!(there_and_back(&mut *model, "mode", &[word("square")]), [word("square")]);
    let range = [Value::Float(-0.25), Value::Float(0.75)];
    assert_eq!(there_and_back(&mut *model, "range", &range), range);
    let curve = [Value::Tensor(vec![1.0, 0.0, 1.0])];
    assert_eq!(there_and_back(&mut *model, "curve", &curve), curve);
    let empty = [Value::Tensor(Vec::new())];
    assert_eq!(there_and_back(&mut *model, "curve", &empty), empty);
}

#[test]
fn whole_numbers_keep_all_their_digits() {
    let mut model = load("throws");
    let exact = 9_007_199_254_740_993; // 2^53 + 1, which no double holds.
    assert_eq!(there_and_back(&mut *model, "fuse", &[Value::Int(exact)]), [Value::Int(exact)]);
}

#[test]
fn attributes_are_heard() {
    let mut model = load("gain");
    let input = Tensor::noise(2, 1, 512);
    set(&mut *model, "gain", &[Value::Float(0.5)]).expect("a gain");
    assert_eq!(run(&mut *model, "forward", &input), input.map(|s| s * 0.5));
    assert_eq!(run(&mut *model, "inverse", &input), input.map(|s| s * 2.0));
}

#[test]
fn a_buffer_is_bound_heard_described_and_unbound() {
    let mut model = load("gain");
    let silence = Tensor::zeros(1, 1, 14);
    let samples: Vec<f32> = (0..14u8).map(f32::from).collect();
    let sound = SoundBuffer { channels: 2, samples: samples.clone(), sample_rate_hz: 48_000 };
    set(&mut *model, "table", &[Value::Buffer(sound)]).expect("a buffer");
    assert_eq!(get(&mut *model, "table"), [word("channels 2\nframes 7\nsample rate 48000")]);
    let heard = run(&mut *model, "forward", &silence).samples;
    assert_eq!(heard, [&samples[..7], &samples[..7]].concat());

    set(&mut *model, "table", &[Value::Buffer(SoundBuffer::default())]).expect("nothing");
    assert_eq!(get(&mut *model, "table"), [word("no buffer")]);
    assert_eq!(run(&mut *model, "forward", &silence), silence);
}

#[test]
fn a_refusal_names_the_code_and_changes_nothing() {
    let mut model = load("gain");
    let refused = set(&mut *model, "gain", &[Value::Float(-1.0)]);
    let refused = refused.expect_err("it wants no such value").to_string();
    assert_eq!(
        refused,
        "gain: the model refused -1 (code 1): it takes a float (a number), but not every one"
    );
    assert_eq!(get(&mut *model, "gain"), [Value::Float(1.0)]);
}

#[test]
fn a_refusal_says_what_was_given_and_what_the_model_would_take() {
    let mut model = load("gain");
    let mode = set(&mut *model, "mode", &[word("unicorn")]).expect_err("no such mode").to_string();
    assert_eq!(
        mode,
        "mode: the model refused the word unicorn (code 1): it takes a string (a word), its code names linear, square, half"
    );
    set(&mut *model, "curve", &[Value::Tensor(vec![0.5; 3])]).expect("a curve");
    let curve = set(&mut *model, "curve", &[Value::Tensor(vec![0.5])]).expect_err("too short").to_string();
    assert_eq!(
        curve,
        "curve: the model refused a tensor of 1 sample (code 1): it takes a tensor (the name of an array or buffer), it \
         holds a tensor of 3 samples now"
    );
}

#[test]
fn words_that_a_setter_knows_are_found_in_all_forms() {
    for (body, names) in [
        (
            "if torch.eq(kind, \"a\"):\n      _0 = 0\n    else:\n      if torch.ne(kind, \"b\"):\n        _0 = 1\n      else:\n        _0 = 0\n    return _0",
            "its code names a, b",
        ),
        (
            "_0 = torch.__contains__([\"c\", \"d\"], kind)\n    if _0:\n      _1 = 0\n    else:\n      _1 = 1\n    return _1",
            "its code names c, d",
        ),
        ("_0 = annotate(Dict[str, int], {\"e\": 1})\n    return 1", "but not every one"),
        ("return 1", "but not every one"),
    ] {
        let lines = format!(
            "  __buffers__ = [\"forward_params\", \"kind_params\", ]\n  forward_params : Tensor\n  kind_params : Tensor\n\
             \x20 def forward(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n    return x\n\
             \x20 def get_attributes(self: __torch__.Model) -> List[str]:\n    return [\"kind\"]\n\
             \x20 def get_kind(self: __torch__.Model) -> str:\n    return \"x\"\n\
             \x20 def set_kind(self: __torch__.Model,\n    kind: str) -> int:\n    {body}\n"
        );
        let bytes =
            Module::new().source_lines(&lines).params("forward", &[1; 4]).params("kind", &[3]).archive();
        let file = tempfile::Builder::new().suffix(".ts").tempfile().expect("a file");
        std::fs::write(file.path(), bytes).expect("written");
        let mut model = source().load(&file.path().into()).expect("a model");
        let error = set(&mut *model, "kind", &[word("unicorn")]).expect_err(body).to_string();
        let start = "kind: the model refused the word unicorn (code 1): it takes a string (a word), ";
        assert_eq!(error, format!("{start}{names}"));
    }
}

#[test]
fn wrong_values_never_reach_the_model() {
    let mut model = load("gain");
    assert!(matches!(set(&mut *model, "gain", &[]), Err(AttributeError::Count { found: 0, .. })));
    assert!(matches!(set(&mut *model, "gain", &[word("loud")]), Err(AttributeError::Type { .. })));
    assert!(matches!(set(&mut *model, "muted", &[word("maybe")]), Err(AttributeError::Type { .. })));
    assert!(matches!(
        set(&mut *model, "offset_steps", &[Value::Float(1e20)]),
        Err(AttributeError::Type { position: 1, .. })
    ));
}

#[test]
fn a_raising_setter_is_an_error_with_its_own_words() {
    let mut model = load("throws");
    let raised = set(&mut *model, "fuse", &[Value::Int(-1)]).expect_err("a fuse that blows");
    assert_eq!(raised.to_string(), "fuse: the model raised on -1: ValueError: a fuse of -1 blows at once");
}

#[test]
fn a_setter_that_takes_fewer_values_than_are_declared_is_told_as_no_setter() {
    let mut model = load("sized/overlapping");
    let error =
        set(&mut *model, "min_buffer_size", &[Value::Int(512)]).expect_err("nobody can call that setter");
    let told =
        "min_buffer_size: the model has no set_min_buffer_size that takes 1 value: it can only be read";
    assert_eq!(error.to_string(), told);
    assert_eq!(get(&mut *model, "min_buffer_size"), [Value::Int(2048)]);
}

#[test]
fn setters_that_answer_nothing_and_bare_answers_are_taken() {
    let mut model = load("bare");
    assert_eq!(there_and_back(&mut *model, "level", &[Value::Float(0.25)]), [Value::Float(0.25)]);
    let input = Tensor::noise(1, 1, 64);
    assert_eq!(run(&mut *model, "forward", &input), input.map(|s| s * 0.25));
}
