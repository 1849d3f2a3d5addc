//! The page in a browser.

use serde_json::{Value, json};

use super::{NAME, browser, browser::Browser, made};

/// Heads, captions, names and references of a page, as the browser has parsed it.
const STRUCTURE: &str = r#"(() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const ids = all('[id]').map(element => element.id);
    const named = all('[aria-labelledby]').map(element => element.getAttribute('aria-labelledby'));
    const linked = all('a[href^="\#"]').map(element => element.getAttribute('href').slice(1));
    return {
        scripts: all('script, iframe, object, embed, form').length,
        handlers: all('*').filter(element => element.getAttributeNames().some(name => name.startsWith('on'))).length,
        elsewhere: all('[src], [href], [srcset], [poster]').map(element => element.getAttribute('src') ?? element.getAttribute('href'))
            .filter(address => !/^(data:|#)/.test(address)),
        language: document.documentElement.lang,
        title: document.title,
        heading: all('h1').map(element => element.textContent),
        twice: ids.filter((id, at) => ids.indexOf(id) !== at),
        missing: [...named, ...linked].filter(id => !document.getElementById(id)),
        tables: all('table').length,
        headless: all('table').filter(table => !table.caption || ![...table.querySelectorAll('th')].length
            || [...table.querySelectorAll('th')].some(head => !head.scope)).length,
        nameless: all('audio, svg, [role=img], [role=region]').filter(element => !element.closest('[aria-label]')).length,
        svgs: all('svg').length,
        speed: ['tbody tr', 'svg'].map(selector => document.querySelectorAll(`#speed ${selector}`).length),
        alerts: document.images.length,
    };
})()"#;

/// Waits for what every player knows of its sound, and says how long that is.
const PLAYERS: &str = "
    const players = [...document.querySelectorAll('audio')];
    const ready = player => player.readyState >= 1 || player.error ? Promise.resolve() : new Promise(resolve => {
        player.addEventListener('loadedmetadata', resolve); player.addEventListener('error', resolve); player.load();
    });
    Promise.all(players.map(ready)).then(() => done(players.map(player => player.error ? -1 : player.duration)));";

#[test]
fn a_page_is_whole_in_a_browser_alone_on_a_phone_in_the_dark_and_without_scripts() {
    if !browser::is_there() {
        return;
    }
    let made = made();
    let browser = Browser::new();
    browser.resize(1280);
    browser.open(&made.page());
    let found = browser.ask(STRUCTURE);
    for (key, expected) in [
        ("scripts", json!(0)),
        ("handlers", json!(0)),
        ("elsewhere", json!([])),
        ("language", json!("en")),
        ("heading", json!([NAME])),
        ("twice", json!([])),
        ("missing", json!([])),
        ("headless", json!(0)),
        ("nameless", json!(0)),
        ("alerts", json!(0)),
    ] {
        assert_eq!(found[key], expected, "{key} of {found}");
    }
    assert!(found["title"].as_str().is_some_and(|title| title.starts_with(NAME)), "{found}");
    assert!(found["tables"].as_u64() >= Some(5) && found["svgs"].as_u64() >= Some(7), "{found}");
    // Two buffers; how long runs take, and when. The others need a deadline that holds.
    assert!(found["speed"][0] == 2 && found["speed"][1].as_u64() >= Some(2), "{found}");
    let lengths = browser.wait_for(PLAYERS);
    let lengths: Vec<f64> = lengths.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    // Four sounds, and what two methods make of each.
    assert_eq!(lengths.len(), 12, "{lengths:?}");
    assert!(lengths.iter().all(|length| (2.9..3.2).contains(length)), "{lengths:?}");
    fits(&browser, &[1280, 360]);
    let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    browser.command("Emulation.setEmulatedMedia", &dark);
    let colours =
        browser.ask("['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])");
    let brightness = |colour: &Value| -> u32 {
        let digits = colour.as_str().expect("a colour").split(|c: char| !c.is_ascii_digit());
        digits.filter_map(|number| number.parse::<u32>().ok()).take(3).sum()
    };
    assert!(brightness(&colours[0]) > 600 && brightness(&colours[1]) < 150, "{colours}");
    // Everything is there without scripts.
    browser.command("Emulation.setScriptExecutionDisabled", &json!({ "value": true }));
    browser.open(&made.page());
    let seen = browser.seen();
    for text in [
        "What the file is",
        "encode",
        "1 value per",
        "Until it is full",
        "48000 Hz",
        "not stated in the file",
        NAME,
    ] {
        assert!(seen.contains(text), "{text} is not seen: {seen}");
    }
    quiet(&browser);
}

/// The page itself never scrolls sideways.
fn fits(browser: &Browser, widths: &[u32]) {
    for &width in widths {
        browser.resize(width);
        let widest = browser.ask("[document.documentElement.scrollWidth, innerWidth]");
        assert_eq!(widest, json!([width, width]), "scrolls sideways at {width}");
    }
}

/// Nothing was said on the console, and nobody was asked for anything.
fn quiet(browser: &Browser) {
    let console: Vec<_> = browser.log("browser");
    assert!(console.is_empty(), "{console:?}");
    for entry in browser.log("performance") {
        let message: Value =
            serde_json::from_str(entry["message"].as_str().unwrap_or_default()).expect("JSON");
        if message["message"]["method"] == "Network.requestWillBeSent" {
            let url = message["message"]["params"]["request"]["url"].as_str().unwrap_or_default().to_owned();
            assert!(url.starts_with("file://") || url.starts_with("data:"), "{url} was asked for");
        }
    }
}
