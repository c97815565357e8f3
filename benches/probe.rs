use cargo_constraints::{emit, graph, kinds, model, plan, resolve, write};
use std::time::Instant;
fn main() {
    let root = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let t = Instant::now();
    let mut last = t;
    let mut lap = |what: &str| {
        let now = Instant::now();
        println!("{what:10} {:?}", now - last);
        last = now;
    };
    let mut sources = model::Sources::default();
    let facts = resolve::gather(Some(&root.join("Cargo.toml")), &mut sources).unwrap();
    lap("gather");
    let mut files = vec![];
    let mut paths: Vec<_> =
        std::fs::read_dir(root.join("constraints")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for p in paths {
        if p.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let stem = p.file_stem().unwrap().to_string_lossy().into_owned();
        files.push((stem, sources.add(p.to_string_lossy(), std::fs::read_to_string(&p).unwrap())));
    }
    let (model, _) = model::read(&sources, &files, &kinds::about_all());
    lap("read");
    let (graph, _) = graph::ConstraintGraph::build(&model);
    lap("graph");
    let (bound, f) = resolve::bind(&model, &facts, &sources);
    lap("bind");
    let (plan, _) = plan::plan(&bound, &graph);
    lap("plan");
    let files = emit::emit(&plan, &facts.library, facts.has_support);
    lap("emit");
    write::write(&root, &files).unwrap();
    lap("write");
    let _ = f.refuse();
}
