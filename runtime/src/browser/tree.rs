//! HTML as the tree that a browser makes of it, by html5ever.
//!
//! Takes a text, gives the tree; or takes a tree and gives the text that a browser would write for it.
//! Never says what is good or bad about it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::serialize::{Serialize, SerializeOpts, Serializer, TraversalScope};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, local_name, ns};

/// A document, or what stands inside an element.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    root: usize,
}

#[derive(Debug)]
struct Node {
    parent: Option<usize>,
    below: Vec<usize>,
    data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// The document, or what a `template` holds.
    Document,
    Doctype(String),
    Text(String),
    Comment(String),
    Element(Element),
}

/// An element.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: QualName,
    pub(crate) attributes: Vec<Attribute>,
    /// The node that holds the content, for a `template`.
    content: Option<usize>,
    is_integration_point: bool,
}

/// One step of a walk through a tree.
#[derive(Debug)]
pub(crate) enum Visit<'t> {
    /// A node begins.
    Enter(&'t Data),
    /// An element ends.
    Leave,
}

/// Reads what stands between `<div>` and `</div>`; scripts are turned on or off, which changes what `noscript` is.
pub(crate) fn fragment(text: &str, scripts: bool) -> Tree {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let parser = html5ever::parse_fragment(Sink::default(), options(scripts), context, Vec::new(), scripts);
    let mut tree = parser.one(StrTendril::from(text));
    // What was read stands below an `html` that nobody wrote.
    tree.root = tree.nodes[tree.root].below.first().copied().unwrap_or(tree.root);
    tree
}

/// Reads a whole document.
pub(crate) fn document(text: &str, scripts: bool) -> Tree {
    html5ever::parse_document(Sink::default(), options(scripts)).one(StrTendril::from(text))
}

/// Whether a text is a whole document rather than a part of one.
pub(crate) fn is_document(text: &str) -> bool {
    let start = text.trim_start_matches(|it: char| it.is_whitespace() || it == '\u{feff}');
    ["<!doctype", "<html"]
        .iter()
        .any(|mark| start.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark)))
}

fn options(scripts: bool) -> ParseOpts {
    let tree_builder = TreeBuilderOpts { scripting_enabled: scripts, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

impl Tree {
    /// Every node in the order of the text, what templates hold included.
    pub(crate) fn walk<'t>(&'t self, visit: &mut dyn FnMut(Visit<'t>)) {
        // A list of what is to be done rather than recursion: a tree may be deeper than a stack.
        let mut open: Vec<Option<usize>> = self.below(self.root).rev().map(Some).collect();
        while let Some(next) = open.pop() {
            let Some(at) = next else {
                visit(Visit::Leave);
                continue;
            };
            visit(Visit::Enter(&self.nodes[at].data));
            if matches!(self.nodes[at].data, Data::Element(_)) {
                open.push(None);
                open.extend(self.below(at).rev().map(Some));
            }
        }
    }

    /// The text that a browser writes for the tree.
    pub(crate) fn written(&self, scripts: bool) -> String {
        let mut out = Vec::new();
        let options = SerializeOpts {
            scripting_enabled: scripts,
            traversal_scope: TraversalScope::ChildrenOnly(None),
            create_missing_parent: true,
        };
        // Writing to a list of bytes cannot fail.
        let _ = html5ever::serialize(&mut out, self, options);
        String::from_utf8_lossy(&out).into_owned()
    }

    fn below(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let node = &self.nodes[at];
        let content = match &node.data {
            Data::Element(Element { content: Some(content), .. }) => &self.nodes[*content].below[..],
            _ => &[],
        };
        node.below.iter().chain(content).copied()
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, out: &mut S, _: TraversalScope) -> io::Result<()> {
        let mut result = Ok(());
        let mut open = Vec::new();
        self.walk(&mut |visit| {
            if result.is_err() {
                return;
            }
            result = match visit {
                Visit::Enter(Data::Element(element)) => {
                    open.push(element.name.clone());
                    let attributes = element.attributes.iter().map(|it| (&it.name, &*it.value));
                    out.start_elem(element.name.clone(), attributes)
                }
                Visit::Leave => open.pop().map_or(Ok(()), |name| out.end_elem(name)),
                Visit::Enter(Data::Text(text)) => out.write_text(text),
                Visit::Enter(Data::Comment(text)) => out.write_comment(text),
                Visit::Enter(Data::Doctype(name)) => out.write_doctype(name),
                Visit::Enter(Data::Document) => Ok(()),
            };
        });
        result
    }
}

/// What the parser builds on.
struct Sink(RefCell<Vec<Node>>);

impl Default for Sink {
    fn default() -> Self {
        Self(RefCell::new(vec![Node { parent: None, below: Vec::new(), data: Data::Document }]))
    }
}

impl Sink {
    fn add(&self, data: Data) -> usize {
        let mut nodes = self.0.borrow_mut();
        nodes.push(Node { parent: None, below: Vec::new(), data });
        nodes.len() - 1
    }

    /// Puts a node or a text below `parent`, at `place` among what is there.
    fn insert(&self, parent: usize, place: usize, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.0.borrow_mut();
                let before = place.checked_sub(1).map(|before| nodes[parent].below[before]);
                if let Some(Data::Text(known)) = before.map(|before| &mut nodes[before].data) {
                    known.push_str(&text);
                    return;
                }
                drop(nodes);
                self.add(Data::Text(text.to_string()))
            }
        };
        let mut nodes = self.0.borrow_mut();
        nodes[child].parent = Some(parent);
        let place = place.min(nodes[parent].below.len());
        nodes[parent].below.insert(place, child);
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.0.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].below.retain(|below| *below != node);
        }
    }
}

/// The name of an element, on its own.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        Tree { nodes: self.0.into_inner(), root: 0 }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Name {
        match &self.0.borrow()[*target].data {
            Data::Element(element) => Name(element.name.clone()),
            other => unreachable!("the parser asks for the name of {other:?}"),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> usize {
        let content = flags.template.then(|| self.add(Data::Document));
        let is_integration_point = flags.mathml_annotation_xml_integration_point;
        self.add(Data::Element(Element { name, attributes, content, is_integration_point }))
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.add(Data::Comment(text.to_string()))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> usize {
        self.add(Data::Comment(format!("?{target} {data}")))
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let end = self.0.borrow()[*parent].below.len();
        self.insert(*parent, end, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, before: &usize, child: NodeOrText<usize>) {
        if self.0.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, _: StrTendril, _: StrTendril) {
        let doctype = self.add(Data::Doctype(name.to_string()));
        self.append(&0, NodeOrText::AppendNode(doctype));
    }

    fn get_template_contents(&self, target: &usize) -> usize {
        match &self.0.borrow()[*target].data {
            Data::Element(Element { content: Some(content), .. }) => *content,
            other => unreachable!("the parser asks for the content of {other:?}"),
        }
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(*node);
        }
        let place = {
            let nodes = self.0.borrow();
            let Some(parent) = nodes[*sibling].parent else { return };
            let place = nodes[parent].below.iter().position(|below| below == sibling);
            place.map(|place| (parent, place))
        };
        if let Some((parent, place)) = place {
            self.insert(parent, place, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.0.borrow_mut()[*target].data {
            for attribute in attributes {
                if element.attributes.iter().all(|known| known.name != attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        let mut nodes = self.0.borrow_mut();
        let below = std::mem::take(&mut nodes[*node].below);
        for child in &below {
            nodes[*child].parent = Some(*parent);
        }
        nodes[*parent].below.extend(below);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &usize) -> bool {
        matches!(&self.0.borrow()[*handle].data, Data::Element(element) if element.is_integration_point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tree: &Tree) -> String {
        let mut names = String::new();
        tree.walk(&mut |visit| match visit {
            Visit::Enter(Data::Element(element)) => names.extend(["<", &element.name.local, ">"]),
            Visit::Enter(Data::Text(text)) => names.push_str(text),
            Visit::Enter(Data::Comment(text)) => names.extend(["<!--", text, "-->"]),
            Visit::Enter(_) => {}
            Visit::Leave => names.push_str("</>"),
        });
        names
    }

    #[test]
    fn what_is_read_is_what_a_browser_reads() {
        assert_eq!(names(&fragment("<p>a<div>b", true)), "<p>a</><div>b</>");
        assert_eq!(names(&fragment("<table>x<tr><td>y", true)), "x<table><tbody><tr><td>y</></></></>");
        assert_eq!(names(&fragment("<b><p>a</b>c", true)), "<b></><p><b>a</>c</>");
        assert_eq!(names(&fragment("<template><i>x</template>", true)), "<template><i>x</></>");
        let noscript = "<noscript><p title=\"</noscript><img src=x>\">";
        assert_eq!(names(&fragment(noscript, true)), "<noscript><p title=\"</><img></>\">");
        assert_eq!(names(&fragment(noscript, false)), "<noscript><p></></>");
    }

    #[test]
    fn what_is_written_reads_the_same() {
        for text in
            ["<p>a &lt; b</p>", "<a href=\"x&amp;y\">c</a>", "<template><b>x</b></template>", "<!--c-->"]
        {
            assert_eq!(fragment(text, true).written(true), text);
        }
        let document = "<!DOCTYPE html><html><head></head><body>x</body></html>";
        assert_eq!(super::document(document, true).written(true), document);
    }

    #[test]
    fn a_document_is_told_from_a_part_of_one() {
        assert!(is_document(" \n<!DocType html>") && is_document("<HTML><p>"));
        assert!(!is_document("<p>") && !is_document("") && !is_document("<é"));
    }

    #[test]
    fn deep_trees_need_no_deep_stack() {
        let deep = "<b>".repeat(20_000);
        assert_eq!(names(&fragment(&deep, true)).matches("<b>").count(), 20_000);
    }
}
