//! What the code of a model may call, and what happens where libtorch itself would end the process.
#![cfg(feature = "torch")]

mod archive_files;
mod torch_stand;

use archive_files::Module;
use nn_core::{
    archive::{operators, verify},
    model::{LoadError, Model, ModelSource},
    torch::Backend,
};
use torch_stand::{Tensor, load, run, source, try_run};

/// A file of one class with these lines, and with the numbers of a method `forward`.
fn file(lines: &str) -> tempfile::NamedTempFile {
    let head = "  __buffers__ = [\"forward_params\", ]\n  forward_params : Tensor\n";
    let bytes = Module::new().source_lines(head).source_lines(lines).params("forward", &[1; 4]).archive();
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    file
}

fn forward(body: &str) -> String {
    format!("  def forward(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n    {body}\n")
}

fn loaded(lines: &str) -> Result<Box<dyn Model>, LoadError> {
    source().load(&file(lines).path().into())
}

/// What running `forward` once says.
fn ran(body: &str) -> Result<Vec<f32>, String> {
    let mut model = loaded(&forward(body)).map_err(|error| error.to_string())?;
    try_run(&mut *model, "forward", &Tensor::zeros(1, 1, 8))
        .map(|output| output.samples)
        .map_err(|error| error.to_string())
}

#[test]
fn every_operator_of_the_libtorch_at_hand_has_a_verdict() {
    let _opens_libtorch = load("identity");
    let names = Backend::opened().expect("libtorch").operators();
    let core = |name: &&String| name.starts_with("aten::") || name.starts_with("prim::");
    let unlisted: Vec<_> = names.iter().filter(core).filter(|name| !operators::listed(name)).collect();
    assert!(unlisted.is_empty(), "not in list.txt: {unlisted:?}");
    let known: std::collections::HashSet<_> = names.iter().map(String::as_str).collect();
    // What a program is made of is no operator.
    let unknown: Vec<_> = operators::allowed()
        .into_iter()
        .filter(|name| name.starts_with("aten::") && !known.contains(name))
        .collect();
    assert!(unknown.is_empty(), "libtorch does not have {unknown:?}");
}

#[test]
fn files_are_neither_written_nor_read() {
    let secret = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(secret.path(), [7u8; 64]).expect("written");
    let path = secret.path().display().to_string();
    for (call, operator) in [
        (format!("torch.fill_(torch.from_file(\"{path}\", True, 16), 1.0)"), "from_file"),
        (format!("torch.fill_((torch.\n      from_file)(\"{path}\", True, 16), 1.0)"), "from_file"),
        (format!("torch.fill_(ops . aten . from_file(\"{path}\", True, 16), 1.0)"), "from_file"),
        (format!("torch.save(x, \"{path}\")"), "save"),
    ] {
        let error = ran(&format!("_0 = {call}\n    return x")).expect_err(&call);
        assert!(
            error.contains(&format!("Model.forward calls aten::{operator}, which reads or writes files")),
            "{error}"
        );
        assert_eq!(error.lines().count(), 1);
    }
    // In code that runs while the file is read.
    let state = format!(
        "  def __getstate__(self: __torch__.Model) -> int:\n    return 1\n\
         \x20 def __setstate__(self: __torch__.Model,\n    state: int) -> None:\n    torch.save(1, \"{path}\")\n"
    );
    let error = loaded(&format!("{}{state}", forward("return x"))).err().expect("refused").to_string();
    assert!(error.contains("Model.__setstate__ calls aten::save"), "{error}");
    assert_eq!(std::fs::read(secret.path()).expect("it is there"), [7u8; 64]);
}

#[test]
fn what_the_text_does_not_show_the_program_does() {
    // A member of the same name is declared, so that the text alone does not tell what is meant.
    let declared = "  def set_data(self: __torch__.Model) -> int:\n    return 1\n";
    let call = "x.set_data(torch.mul(x, 2))";
    let idle =
        format!("  def never(self: __torch__.Model,\n    x: Tensor) -> int:\n    {call}\n    return 1\n");
    let state = format!(
        "  def __getstate__(self: __torch__.Model) -> int:\n    return 1\n\
         \x20 def __setstate__(self: __torch__.Model,\n    x: Tensor) -> None:\n    {call}\n"
    );
    let body = |body: String| format!("{declared}{}", forward(&body));
    for (lines, place) in [
        (body(format!("{call}\n    return x")), "forward"),
        (body("getattr(x, \"set\\137data\")(x)\n    return x".into()), "forward"),
        (
            body(format!(
                "if torch.gt(torch.dim(x), 77):\n      {call}\n    else:\n      pass\n    return x"
            )),
            "forward",
        ),
        (body("return x".into()) + &idle, "never"),
        (body("return x".into()) + &state, "__setstate__"),
    ] {
        let file = file(&lines);
        verify(&std::fs::read(file.path()).expect("the file")).expect("the text does not tell");
        let error = source().load(&file.path().into()).err().unwrap_or_else(|| panic!("{lines}")).to_string();
        assert!(
            error.contains(&format!("Model.{place} calls aten::set_data, which lets a tensor look at")),
            "{error}"
        );
        assert_eq!(error.lines().count(), 1);
    }
}

#[test]
fn divisions_that_would_trap_raise() {
    let least = "torch.neg(torch.add(9223372036854775807, 0))";
    for (body, what) in [
        ("return torch.add(x, torch.remainder(1, torch.dim(x) - 3))", "by zero"),
        ("return torch.add(x, torch.floordiv(1, torch.sub(torch.dim(x), 3)))", "by zero"),
        ("return torch.add(x, ops.aten.__round_to_zero_floordiv(1, torch.sub(torch.dim(x), 3)))", "by zero"),
        ("a, b = torch.divmod(1, torch.sub(torch.dim(x), 3))\n    return torch.add(x, a)", "by zero"),
        (
            "return torch.add(x, torch.floordiv(torch.item(torch.tensor(1)), torch.item(torch.tensor(0))))",
            "by zero",
        ),
        (
            "return torch.add(x, torch.remainder(torch.item(torch.tensor(1)), torch.item(torch.tensor(0))))",
            "by zero",
        ),
    ] {
        let error = ran(body).expect_err(body);
        assert!(error.contains(what), "{body}: {error}");
    }
    for call in ["torch.floordiv", "torch.remainder", "ops.aten.__round_to_zero_floordiv", "torch.gcd"] {
        let body = format!(
            "a = torch.sub({least}, 1)\n    return torch.add(x, {call}(a, torch.sub(torch.dim(x), 4)))"
        );
        let error = ran(&body).expect_err(&body);
        assert!(error.contains("does not fit") || error.contains("overflow"), "{body}: {error}");
    }
    for (kind, least) in [(3, "-2147483648"), (4, "-9223372036854775807 - 1")] {
        let a = format!("torch.full([9], {least}, dtype={kind})");
        let b = format!("torch.full([9], -1, dtype={kind})");
        for call in [
            format!("torch.div({a}, {b}, rounding_mode=\"trunc\")"),
            format!("torch.div_({a}, -1, rounding_mode=\"trunc\")"),
            format!("torch.lcm({a}, torch.full([9], 255, dtype={kind}))"),
        ] {
            let error = ran(&format!("return torch.add(x, torch.select({call}, 0, 0))")).expect_err(&call);
            assert!(error.contains("does not fit"), "{call}: {error}");
        }
    }
}

#[test]
fn divisions_of_constants_raise_too() {
    // libtorch would compute them while it compiles.
    let least = "torch.sub(torch.neg(9223372036854775807), 1)";
    for (dividend, divisor) in [("1", "0"), ("1", "torch.sub(1, 1)"), ("1", "torch.len(\"\")"), (least, "-1")]
    {
        for call in ["torch.remainder", "torch.floordiv", "ops.aten.__round_to_zero_floordiv", "torch.gcd"] {
            if (call, divisor) == ("torch.gcd", "0") || (call == "torch.gcd" && divisor != "-1") {
                continue;
            }
            let body = format!("return torch.add(x, {call}({dividend}, {divisor}))");
            let error = ran(&body).expect_err(&body);
            assert!(error.contains("by zero") || error.contains("does not fit"), "{body}: {error}");
        }
    }
    assert_eq!(ran("return torch.add(x, torch.remainder(-7, 4))"), Ok(vec![1.0; 8]));
}

#[test]
fn divisions_that_fit_are_as_ever() {
    let cases = [
        ("torch.floordiv(-7, torch.sub(torch.dim(x), 1))", -4.0),
        ("torch.remainder(-7, torch.dim(x))", 2.0),
        ("ops.aten.__round_to_zero_floordiv(-7, torch.sub(torch.dim(x), 1))", -3.0),
        ("torch.gcd(12, torch.add(torch.dim(x), 15))", 6.0),
        ("torch.select(torch.div(torch.full([2], -7, dtype=4), 2, rounding_mode=\"trunc\"), 0, 0)", -3.0),
        ("torch.select(torch.lcm(torch.full([2], 4, dtype=4), torch.full([2], 6, dtype=4)), 0, 1)", 12.0),
        ("torch.floordiv(-7., 2.)", -4.0),
    ];
    for (call, wanted) in cases {
        assert_eq!(ran(&format!("return torch.add(x, {call})")), Ok(vec![wanted; 8]), "{call}");
    }
}

#[test]
fn types_of_numbers_that_do_not_exist_raise() {
    let error = ran("return torch.cumsum(x, 0, dtype=-1)").expect_err("a constant");
    assert!(error.contains("no type of numbers -1"), "{error}");
    for body in [
        "return torch.cumsum(x, 0, dtype=torch.sub(torch.dim(x), 77))",
        "return torch.to(x, torch.sub(torch.dim(x), 77), False, False)",
        "return torch.prod(x, dtype=torch.add(torch.dim(x), 1000))",
    ] {
        let error = ran(body).expect_err(body);
        assert!(error.contains("no type of numbers"), "{body}: {error}");
    }
    assert_eq!(
        ran("return torch.cumsum(torch.add(x, 1), 2, dtype=torch.add(torch.dim(x), 3))").map(|y| y[7]),
        Ok(8.0)
    );
}

#[test]
fn rows_outside_of_an_embedding_raise() {
    let norm = |row: &str| {
        let rows = format!("torch.full([1], {row}, dtype=4)");
        ran(&format!(
            "return torch.add(x, torch.sum(torch.embedding_renorm_(torch.ones([4, 4]), {rows}, 1., 2.)))"
        ))
    };
    for row in ["4", "-1", "1000000000"] {
        let error = norm(row).expect_err(row);
        assert!(error.contains("out of range"), "{error}");
    }
    assert!(norm("3").is_ok());
}

#[test]
fn norms_of_no_weights_raise() {
    let norm = |count: &str| {
        ran(&format!(
            "return torch.add(x, torch.sum(ops.aten._weight_norm(torch.ones([{count}, 2]), torch.ones([{count}, 1]), 0)))"
        ))
    };
    let error = norm("0").expect_err("none");
    assert!(error.contains("there are no weights"), "{error}");
    assert!(norm("3").is_ok());
}

const NOISE: &str = "return torch.add(torch.randn_like(x), torch.uniform_(torch.zeros_like(x)))";

#[test]
fn a_model_draws_from_a_generator_of_its_own() {
    let file = file(&forward(NOISE));
    let noise = |model: &mut dyn Model| run(model, "forward", &Tensor::zeros(1, 1, 64)).samples;
    let [mut one, mut two] = [0; 2].map(|_| source().load(&file.path().into()).expect("a model"));
    assert_ne!(noise(&mut *one), noise(&mut *two), "two boxes do not draw the same numbers");
    one.seed(7);
    two.seed(7);
    let first = noise(&mut *one);
    // What others draw meanwhile changes nothing.
    let mut copy = one.fork().expect("a copy");
    let second = noise(&mut *one);
    assert_eq!(noise(&mut *two), first);
    assert_eq!(noise(&mut *two), second);
    assert_eq!(noise(&mut *copy), second, "a copy goes on from the same place");
    assert_ne!(first, second);
}

#[test]
fn every_operator_that_draws_numbers_repeats_after_a_seed() {
    for call in [
        "torch.rand_like(x)",
        "torch.randn([1, 1, 8])",
        "torch.rand([1, 1, 8], dtype=6)",
        "torch.normal(0., 1., [1, 1, 8])",
        "torch.normal(x, torch.ones_like(x))",
        "torch.bernoulli(torch.add(x, 0.5))",
        "torch.bernoulli_(torch.zeros_like(x), 0.5)",
        "torch.exponential_(torch.zeros_like(x))",
        "torch.cauchy_(torch.zeros_like(x))",
        "torch.log_normal_(torch.zeros_like(x))",
        "torch.geometric_(torch.zeros_like(x), 0.2)",
        "torch.random_(torch.zeros_like(x))",
        "torch.poisson(torch.add(x, 5))",
        "torch.dropout(torch.ones_like(x), 0.5, True)",
        "torch.rrelu(torch.sub(x, 1), 0.1, 0.9, True)",
        "torch.to(torch.randint(100, [1, 1, 8]), 6)",
        "torch.to(torch.view(torch.randperm(8), [1, 1, 8]), 6)",
        "torch.to(torch.view(torch.multinomial(torch.ones([64]), 8), [1, 1, 8]), 6)",
    ] {
        let mut model =
            loaded(&forward(&format!("return {call}"))).unwrap_or_else(|error| panic!("{call}: {error}"));
        let mut draw = |seed: Option<u64>| {
            seed.into_iter().for_each(|seed| model.seed(seed));
            run(&mut *model, "forward", &Tensor::zeros(1, 1, 8)).samples
        };
        let (first, second) = (draw(Some(3)), draw(None));
        assert_eq!((draw(Some(3)), draw(None)), (first.clone(), second.clone()), "{call}");
        // One of them may be the same by chance, where there are few answers; of sixteen not all.
        assert!((0..16).any(|_| draw(None) != first), "{call}");
    }
}

#[test]
fn a_model_that_seeds_begins_its_own_numbers_anew() {
    let mut other = loaded(&forward(NOISE)).expect("a model");
    other.seed(1);
    let mut draw = || run(&mut *other, "forward", &Tensor::zeros(1, 1, 8)).samples;
    let wanted = [draw(), draw()];
    other.seed(1);
    let mut draw = || run(&mut *other, "forward", &Tensor::zeros(1, 1, 8)).samples;
    let first = draw();
    let mut seeding = loaded(&forward(&format!("torch.manual_seed(5)\n    {NOISE}"))).expect("a model");
    let [a, b] = [0; 2].map(|_| run(&mut *seeding, "forward", &Tensor::zeros(1, 1, 8)).samples);
    assert_eq!(a, b);
    assert_eq!([first, draw()], wanted, "the other model notices nothing");
}
