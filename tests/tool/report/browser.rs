//! A headless Chromium that is driven through its WebDriver, over HTTP on this machine.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::{Value, json};

/// Makes a missing Chromium a failure: set where all tests have to run.
const REQUIRED: &str = "NN_REQUIRE_CHROMIUM";
/// More than a busy machine takes for a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one window.
pub struct Browser {
    driver: Child,
    client: reqwest::blocking::Client,
    session: String,
    _profile: tempfile::TempDir,
}

/// Whether both programs are there; says so where they are not.
pub fn is_there() -> bool {
    let runs = |program: &str| {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    let missing: Vec<_> = ["chromium", "chromedriver"].into_iter().filter(|program| !runs(program)).collect();
    if missing.is_empty() {
        return true;
    }
    let is_required = std::env::var_os(REQUIRED).is_some_and(|value| !value.is_empty());
    assert!(!is_required, "no {}: on Debian: sudo apt install chromium chromium-driver", missing.join(", "));
    // Not `eprintln`, which is shown only when a test fails.
    let line = format!("skipped, pages are not opened: no {}\n", missing.join(", "));
    let _written = std::io::stderr().write_all(line.as_bytes());
    false
}

impl Browser {
    pub fn new() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let port = port.expect("it says its port");
        let profile = tempfile::tempdir().expect("a folder");
        // No connection is encrypted, but a client is not made without.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::blocking::Client::builder().no_proxy().timeout(PATIENCE).build();
        let mut browser = Self {
            driver,
            client: client.expect("a client"),
            session: format!("http://127.0.0.1:{port}/session"),
            _profile: profile,
        };
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".into(),
            "--disable-gpu".into(),
            "--disable-dev-shm-usage".into(),
            "--no-first-run".into(),
            "--disable-background-networking".into(),
            "--disable-component-update".into(),
            "--disable-sync".into(),
            "--hide-scrollbars".into(),
            format!("--user-data-dir={}", browser._profile.path().display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let answer = browser.post("", &wanted);
        let id = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {answer}"));
        browser.session = format!("{}/{id}", browser.session);
        // What the window showed by itself has asked for things too.
        browser.post("/url", &json!({ "url": "about:blank" }));
        browser.log("performance");
        browser.log("browser");
        browser
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.session));
        let sent = request.header("content-type", "application/json").body(body.to_string()).send();
        let text = sent
            .and_then(reqwest::blocking::Response::text)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let answer: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert!(answer["value"]["error"].is_null(), "{path}: {}", answer["value"]);
        answer["value"].clone()
    }

    /// Opens a file and waits until it is loaded.
    pub fn open(&self, page: &Path) {
        self.post("/url", &json!({ "url": format!("file://{}", page.display()) }));
    }

    /// The value of a JavaScript expression.
    pub fn ask(&self, expression: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": format!("return {expression}"), "args": [] }))
    }

    /// What a script hands to `done`.
    pub fn wait_for(&self, script: &str) -> Value {
        let script = format!("const done = arguments[0]; {script}");
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// A command of the protocol of developers' tools.
    pub fn command(&self, name: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": name, "params": parameters }))
    }

    /// As wide as a screen, in CSS pixels.
    pub fn resize(&self, width: u32) {
        let size = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.command("Emulation.setDeviceMetricsOverride", &size);
    }

    /// What the console or the network has told since this was asked last.
    pub fn log(&self, kind: &str) -> Vec<Value> {
        self.post("/se/log", &json!({ "type": kind })).as_array().cloned().unwrap_or_default()
    }

    /// The texts that are laid out, whether or not scripts may run.
    pub fn seen(&self) -> String {
        let snapshot = self.command("DOMSnapshot.captureSnapshot", &json!({ "computedStyles": [] }));
        let strings = snapshot["strings"].as_array().expect("strings");
        let texts = snapshot["documents"][0]["layout"]["text"].as_array().expect("texts");
        let text = |at: &Value| strings.get(usize::try_from(at.as_i64()?).ok()?)?.as_str();
        texts.iter().filter_map(text).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends its browser with the session.
        let _gone = self.client.delete(&self.session).send();
        let _ended = self.driver.kill();
        let _status = self.driver.wait();
    }
}
