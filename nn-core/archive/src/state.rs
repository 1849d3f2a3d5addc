//! What the methods of a model write into as they run: a model with such state hears blocks as one stream.
//!
//! Found in the source: assignments to what a module holds, and operators that write in place, directly or through
//! a view. Only code that the model's methods can reach counts, so that setters make no state; calls are followed by
//! their names alone, whatever the object.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io::{Read, Seek},
    rc::Rc,
};

use nn_model::State;

use crate::{
    ArchiveError,
    expression::{self, Token},
    pickle::{Graph, Node, NodeId},
    source::{Class, Program},
    tensor::Tensor,
};

/// Operators whose answer shares the memory of what they are given first.
const VIEWS: &[&str] = &[
    "slice",
    "select",
    "narrow",
    "view",
    "view_as",
    "reshape",
    "expand",
    "expand_as",
    "squeeze",
    "unsqueeze",
    "transpose",
    "permute",
    "t",
    "flatten",
    "unflatten",
    "alias",
    "detach",
    "diagonal",
    "unbind",
    "chunk",
    "split",
    "index",
];
/// Operators that write without saying so in their name.
const WRITERS: &[&str] = &["_set_item", "append", "insert", "extend", "pop", "clear", "Delete"];
/// A counter of training that no model reads.
const IGNORED: &str = "num_batches_tracked";

/// The state that some methods of the top module and all that they call write into.
pub(super) fn read<R: Read + Seek>(
    program: &mut Program<'_, R>,
    methods: impl IntoIterator<Item = String>,
) -> Result<State, ArchiveError> {
    let graph = program.graph;
    let mut objects = Vec::new();
    for id in graph.ids().filter(|&id| graph.state(id).is_some()) {
        if let Some(class) = program.class_of(id)? {
            objects.push((id, class));
        }
    }
    let written = written(&objects, methods.into_iter().collect());
    let (mut state, mut seen) = (State::default(), HashSet::new());
    for (id, class) in &objects {
        for name in written.get(&Rc::as_ptr(class)).into_iter().flatten() {
            let Some(value) = program.attribute(*id, name).filter(|&value| seen.insert(value)) else {
                continue;
            };
            state.values += 1;
            state.streams |= !is_flag(graph, value);
            if let Some(Ok(tensor)) = Tensor::of(graph, value) {
                state.bytes = state.bytes.saturating_add(tensor.bytes().unwrap_or(0));
            }
        }
    }
    state.begins_anew = begins_anew(objects.iter().map(|(id, _)| *id), graph);
    state.streams &= !state.begins_anew;
    Ok(state)
}

/// What carries no sound: flags, words, and groups of them. What is still empty may be there for sound.
fn is_flag(graph: &Graph<'_>, value: NodeId) -> bool {
    let is_one = |id: NodeId| matches!(graph.node(id), Node::Bool(_) | Node::Text(_));
    let group = graph.members(value).filter(|members| !members.is_empty());
    is_one(value) || group.is_some_and(|members| members.iter().all(|&member| is_one(member)))
}

/// True for an export without streaming (RAVE's `--streaming`): its convolutions are those of cached-conv that put zeros
/// beyond the ends of every buffer, and none keeps the one before. What else it carries on does not join its sound.
fn begins_anew(objects: impl Iterator<Item = NodeId>, graph: &Graph<'_>) -> bool {
    let (mut plain, mut cached) = (false, false);
    for (module, name, _) in objects.filter_map(|id| graph.call(id)) {
        if module.split('.').any(|part| part == "cached_conv") {
            plain |= matches!(name, "Conv1d" | "ConvTranspose1d");
            cached |= matches!(name, "CachedConv1d" | "CachedConvTranspose1d");
        }
    }
    plain && !cached
}

/// What is written in the objects of each class by everything that can be reached.
fn written(
    objects: &[(NodeId, Rc<Class>)],
    start: BTreeSet<String>,
) -> HashMap<*const Class, BTreeSet<String>> {
    let mut left: Vec<(&Rc<Class>, &str)> = Vec::new();
    let mut classes = HashSet::new();
    for (_, class) in objects {
        if classes.insert(Rc::as_ptr(class)) {
            left.extend(class.method_names().map(|name| (class, name)));
        }
    }
    let mut done = Vec::new();
    let mut borrowers = BTreeSet::new();
    let (mut reached, mut fresh) = (start.clone(), start);
    while !fresh.is_empty() {
        let (now, later) = left.into_iter().partition(|(_, name)| fresh.contains(*name));
        left = later;
        fresh = BTreeSet::new();
        for (class, name) in now {
            let mut deeds = class.method(name).map(Deeds::of).unwrap_or_default();
            let calls = std::mem::take(&mut deeds.calls);
            fresh.extend(calls.into_iter().filter(|name| !reached.contains(name)));
            if deeds.writes_parameters {
                borrowers.insert(name);
            }
            done.push((Rc::as_ptr(class), deeds));
        }
        reached.extend(fresh.iter().cloned());
    }
    let mut written: HashMap<_, BTreeSet<String>> = HashMap::new();
    for (class, deeds) in done {
        let lent = deeds.lends.into_iter().filter(|(method, _)| borrowers.contains(method.as_str()));
        written.entry(class).or_default().extend(deeds.writes.into_iter().chain(lent.map(|(_, held)| held)));
    }
    for names in written.values_mut() {
        names.remove(IGNORED);
    }
    written
}

/// What one method does.
#[derive(Debug, Default)]
struct Deeds {
    /// Names of all methods that it calls, of whatever object.
    calls: BTreeSet<String>,
    /// Names of what it writes into, in its own object.
    writes: BTreeSet<String>,
    /// Whether it writes into what it is given.
    writes_parameters: bool,
    /// What it holds and gives to other methods, which may write into it.
    lends: BTreeSet<(String, String)>,
}

/// Whose memory an expression shares.
#[derive(Clone, Debug)]
enum Root {
    /// That of something which the object holds, by this name.
    Held(String),
    /// That of something which the method was given.
    Parameter,
}

type Aliases<'a> = HashMap<&'a str, Root>;

impl Deeds {
    fn of(text: &str) -> Self {
        let mut deeds = Self::default();
        let lines = expression::lines(text).unwrap_or_default();
        let Some((head, body)) = lines.split_first() else { return deeds };
        let parameters = head.tokens.windows(3).filter_map(|tokens| match tokens {
            [Token::Sign(','), Token::Name(name), Token::Sign(':')] => Some((*name, Root::Parameter)),
            _ => None,
        });
        let mut aliases: Aliases<'_> = parameters.collect();
        for line in body {
            deeds.note(&line.tokens, &mut aliases);
        }
        deeds
    }

    fn write(&mut self, root: Option<Root>) {
        match root {
            Some(Root::Held(name)) => {
                self.writes.insert(name);
            }
            Some(Root::Parameter) => self.writes_parameters = true,
            None => {}
        }
    }

    fn note<'a>(&mut self, line: &[Token<'a>], aliases: &mut Aliases<'a>) {
        for at in 0..line.len() {
            match &line[at..] {
                [Token::Sign('.'), Token::Name(name), Token::Sign('('), rest @ ..] if writes(name) => {
                    self.write(root(rest, aliases));
                }
                [Token::Sign('.'), Token::Name(name), Token::Sign('('), rest @ ..] => {
                    self.calls.insert((*name).to_owned());
                    for argument in arguments(rest) {
                        if let Some(Root::Held(held)) = root(argument, aliases) {
                            self.lends.insert(((*name).to_owned(), held));
                        }
                    }
                }
                [Token::Name("self"), Token::Sign('.'), Token::Name(name), Token::Sign('='), ..] => {
                    self.writes.insert((*name).to_owned());
                }
                _ => {}
            }
        }
        if let [Token::Name(name), Token::Sign('='), value @ ..] = line {
            match root(value, aliases) {
                Some(root) => aliases.insert(name, root),
                None => aliases.remove(name),
            };
        }
    }
}

fn writes(operator: &str) -> bool {
    operator.ends_with('_') && !operator.ends_with("__") || WRITERS.contains(&operator)
}

/// Whose memory an expression shares, looking at its beginning only.
fn root(mut expression: &[Token<'_>], aliases: &Aliases<'_>) -> Option<Root> {
    loop {
        expression = match expression {
            [Token::Name("self"), Token::Sign('.'), Token::Name(name), rest @ ..] => {
                return (!matches!(rest, [Token::Sign('.' | '('), ..]))
                    .then(|| Root::Held((*name).to_owned()));
            }
            [Token::Name("torch"), Token::Sign('.'), Token::Name(name), Token::Sign('('), rest @ ..]
                if writes(name) || VIEWS.contains(name) =>
            {
                rest
            }
            [Token::Name("unchecked_cast" | "annotate"), Token::Sign('('), rest @ ..] => {
                arguments(rest).nth(1)?
            }
            [Token::Sign('('), rest @ ..] => rest,
            [Token::Name(name), rest @ ..] if !matches!(rest, [Token::Sign('.' | '('), ..]) => {
                return aliases.get(name).cloned();
            }
            _ => return None,
        };
    }
}

/// What stands between the commas up to the bracket that closes.
fn arguments<'t, 'a>(tokens: &'t [Token<'a>]) -> impl Iterator<Item = &'t [Token<'a>]> {
    let (mut open, mut end) = (0usize, tokens.len());
    let mut commas = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign('(' | '[' | '{') => open += 1,
            Token::Sign(')' | ']' | '}') if open == 0 => {
                end = at;
                break;
            }
            Token::Sign(')' | ']' | '}') => open -= 1,
            Token::Sign(',') if open == 0 => commas.push(at),
            _ => {}
        }
    }
    let starts = std::iter::once(0).chain(commas.clone().into_iter().map(|at| at + 1));
    starts.zip(commas.into_iter().chain([end])).map(|(start, end)| &tokens[start..end])
}

#[cfg(test)]
mod tests {
    use super::Deeds;

    #[test]
    fn writes_are_seen_through_views_and_copies_of_names() {
        let deeds = Deeds::of(
            "  def forward(self,\n    x: Tensor) -> Tensor:\n    pad = self.pad\n    _2 = torch.slice(pad, 0)\n\
             \x20   _3 = torch.copy_(torch.select(_2, 0, 1), torch.slice(x, -1))\n    self.count = torch.add(self.count, 1)\n\
             \x20   memory = unchecked_cast(Optional[List[Tensor]], self.memory)\n    _4 = torch.append(memory, x)\n\
             \x20   y = torch.add(self.weight, x)\n    _5 = torch.mul_(y, 2)\n    _6 = (self.cache).run(x, )\n\
             \x20   return torch.__not__(self.flag)\n",
        );
        assert_eq!(deeds.writes.into_iter().collect::<Vec<_>>(), ["count", "memory", "pad"]);
        assert!(deeds.calls.contains("run") && !deeds.writes_parameters);
    }

    #[test]
    fn what_is_lent_to_a_method_that_writes_is_known_by_its_name() {
        let deeds = Deeds::of(
            "  def forward(self: T,\n    x: Tensor) -> Tensor:\n    turns = self.turns\n\
             \x20   y = (self).advance(torch.slice(turns, 0, None, torch.size(x, 0)), 3, self.step, )\n    return y\n",
        );
        let lends: Vec<_> =
            deeds.lends.iter().filter(|(name, _)| name == "advance").map(|(_, held)| held).collect();
        assert_eq!(lends, ["step", "turns"]);
        let advance = "  def advance(self: T,\n    turns: Tensor,\n    by: int) -> Tensor:\n    _0 = torch.add_(turns, by)\n";
        assert!(Deeds::of(advance).writes_parameters);
    }
}
