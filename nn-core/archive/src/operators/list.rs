//! The list of operators.
//!
//! Thread: any but audio.

use std::{collections::HashMap, sync::LazyLock};

/// Several operators with one verdict.
#[derive(Debug)]
pub(super) struct Group {
    /// What the list calls it.
    pub(super) name: &'static str,
    /// Whether models may call them.
    pub(super) allowed: bool,
    /// What they are, or, of those that are refused, what they do.
    pub(super) reason: &'static str,
}

struct List {
    groups: Vec<Group>,
    /// The group of each operator.
    by_name: HashMap<&'static str, usize>,
}

/// Groups whose operators raise while a model calls, even where libtorch itself calls them on its behalf.
const GUARDED: [&str; 5] = ["files", "console", "threads", "remote", "devices"];

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List { groups: Vec::new(), by_name: HashMap::new() };
    for line in include_str!("list.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|head| head.split_once("] ")) {
            Some((head, reason)) => {
                let (verdict, name) = head.split_once(": ").unwrap_or((head, ""));
                list.groups.push(Group { name, allowed: verdict == "allowed", reason });
            }
            None => {
                let group = list.groups.len().wrapping_sub(1);
                list.by_name.extend(line.split_whitespace().map(|name| (name, group)));
            }
        }
    }
    list
});

/// The group of an operator (`aten::conv1d`), if the list has it.
pub(super) fn group_of(operator: &str) -> Option<&'static Group> {
    LIST.by_name.get(operator).map(|&group| &LIST.groups[group])
}

fn those(wanted: impl Fn(&Group) -> bool) -> Vec<&'static str> {
    let names = LIST.by_name.iter().filter(|&(_, &group)| wanted(&LIST.groups[group]));
    names.map(|(&name, _)| name).collect()
}

/// The operators that models may call, in any order.
pub fn allowed() -> Vec<&'static str> {
    those(|group| group.allowed)
}

/// The operators that raise while a model calls, whoever calls them on its behalf; in any order.
pub fn guarded() -> Vec<&'static str> {
    those(|group| GUARDED.contains(&group.name))
}

/// Whether the list has an operator, allowed or not.
pub fn listed(operator: &str) -> bool {
    group_of(operator).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_stands_in_one_group() {
        let text = include_str!("list.txt");
        let names: Vec<_> = text.lines().filter(|l| !l.starts_with(['#', '['])).collect();
        let names: Vec<_> = names.iter().flat_map(|line| line.split_whitespace()).collect();
        assert_eq!(names.len(), LIST.by_name.len(), "some stand there twice");
        assert!(names.iter().all(|name| name.contains("::")));
        assert!(LIST.groups.iter().all(|group| !group.reason.is_empty() && !group.name.is_empty()));
        for name in GUARDED {
            assert!(LIST.groups.iter().any(|group| group.name == name && !group.allowed), "{name}");
        }
    }

    #[test]
    fn arithmetic_is_allowed_and_files_are_not() {
        for name in ["aten::add", "aten::conv1d", "aten::slice", "prim::If", "aten::randn", "aten::_set_item"]
        {
            assert!(group_of(name).is_some_and(|group| group.allowed), "{name}");
        }
        for name in ["aten::from_file", "aten::save", "prim::rpc_sync", "prim::fork", "aten::set_"] {
            assert!(group_of(name).is_some_and(|group| !group.allowed), "{name}");
        }
        assert!(group_of("aten::warble").is_none());
        assert!(guarded().contains(&"aten::from_file") && !guarded().contains(&"aten::set_"));
    }

    #[test]
    fn the_groups_stand_in_the_page_on_security() {
        let page = include_str!("../../../../docs/SECURITY.md");
        for group in &LIST.groups {
            let row = format!("| {} | {} |", group.name, group.reason);
            assert!(page.contains(&row), "docs/SECURITY.md lacks the row\n{row}");
        }
    }
}
