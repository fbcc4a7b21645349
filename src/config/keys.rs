//! The table of keys: name, what it expects in words, how it is set and shown.

use std::path::PathBuf;

use toml::Value;
use url::Url;

use super::{Config, LogFormat, Network};

/// A value as a layer gave it.
pub(super) enum Given {
    Toml(Value),
    /// From the environment or a flag: one word, whatever the key's type.
    Word(String),
}

/// One key of the configuration.
pub(super) struct Key {
    /// Table and name: `server.listen`, in the environment `COMPTOIR_SERVER__LISTEN`.
    pub path: &'static str,
    /// What to write, for the sentence that refuses a value.
    pub write: &'static str,
    /// Sets it; `None` when the value does not fit.
    pub set: fn(&mut Config, &Given) -> Option<()>,
    pub get: fn(&Config) -> Option<Value>,
}

impl Key {
    pub fn variable(&self) -> String {
        format!("COMPTOIR_{}", self.path.replace('.', "__").to_uppercase())
    }
}

/// In the order in which `config show` writes them; those of a table stand together.
pub(super) const KEYS: &[Key] = &[
    Key {
        path: "server.listen",
        write: "an address and a port, like 127.0.0.1:8080",
        set: |config, given| given.text()?.parse().ok().map(|at| config.server.listen = at),
        get: |config| text(&config.server.listen),
    },
    Key {
        path: "server.public_url",
        write: "the address that browsers use, like https://chat.example.com, without a path",
        set: |config, given| {
            let url = Url::parse(given.text()?).ok()?;
            let plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
            let web = matches!(url.scheme(), "http" | "https") && url.host().is_some() && url.username().is_empty();
            (plain && web).then(|| config.server.public_url = Some(url))
        },
        get: |config| config.server.public_url.as_ref().and_then(text),
    },
    Key {
        path: "server.trusted_proxies",
        write: "addresses or networks, like [\"127.0.0.1\", \"10.0.0.0/8\"]",
        set: |config, given| {
            let networks = given.list()?.iter().map(|text| Network::parse(text)).collect::<Option<Vec<_>>>()?;
            config.server.trusted_proxies = networks;
            Some(())
        },
        get: |config| {
            Some(Value::Array(config.server.trusted_proxies.iter().map(|it| Value::String(it.to_string())).collect()))
        },
    },
    Key {
        path: "server.behind_proxy",
        write: "true or false",
        set: |config, given| given.boolean().map(|on| config.server.behind_proxy = on),
        get: |config| Some(Value::Boolean(config.server.behind_proxy)),
    },
    Key {
        path: "server.workers",
        write: "a number of threads from 0 (as many as cores) to 256",
        set: |config, given| given.number(0, 256).map(|count| config.server.workers = count as usize),
        get: |config| i64::try_from(config.server.workers).ok().map(Value::Integer),
    },
    Key {
        path: "server.stop_seconds",
        write: "seconds from 1 to 600",
        set: |config, given| given.number(1, 600).map(|seconds| config.server.stop_seconds = seconds),
        get: |config| Some(Value::Integer(config.server.stop_seconds.into())),
    },
    Key {
        path: "data.dir",
        write: "a folder, like /var/lib/comptoir",
        set: |config, given| {
            let dir = given.text()?;
            (!dir.is_empty()).then(|| config.data.dir = PathBuf::from(dir))
        },
        get: |config| text(&config.data.dir.display()),
    },
    Key {
        path: "log.format",
        write: "auto, text or json",
        set: |config, given| {
            config.log.format = match given.text()? {
                "auto" => LogFormat::Auto,
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => return None,
            };
            Some(())
        },
        get: |config| {
            text(&match config.log.format {
                LogFormat::Auto => "auto",
                LogFormat::Text => "text",
                LogFormat::Json => "json",
            })
        },
    },
    Key {
        path: "log.filter",
        write: "error, warn, info, debug or trace, or directives like info,comptoir=debug",
        set: |config, given| {
            let filter = given.text()?;
            tracing_subscriber::EnvFilter::try_new(filter).ok()?;
            config.log.filter = filter.to_owned();
            Some(())
        },
        get: |config| text(&config.log.filter),
    },
    Key {
        path: "files.megabytes_max",
        write: "megabytes from 1 to 1000",
        set: |config, given| given.number(1, 1000).map(|most| config.files.megabytes_max = most),
        get: |config| Some(Value::Integer(config.files.megabytes_max.into())),
    },
    Key {
        path: "feeds.hosts",
        write: "host names, like [\"feeds.example.com\"]",
        set: |config, given| hosts(given).map(|hosts| config.feeds.hosts = hosts),
        get: |config| Some(Value::Array(config.feeds.hosts.iter().cloned().map(Value::String).collect())),
    },
    Key {
        path: "feeds.private_hosts",
        write: "host names or addresses, like [\"erp.internal\"]",
        set: |config, given| hosts(given).map(|hosts| config.feeds.private_hosts = hosts),
        get: |config| Some(Value::Array(config.feeds.private_hosts.iter().cloned().map(Value::String).collect())),
    },
    Key {
        path: "limits.sockets_per_address",
        write: "a number from 1 to 100000",
        set: |config, given| given.number(1, 100_000).map(|most| config.limits.sockets_per_address = most),
        get: |config| Some(Value::Integer(config.limits.sockets_per_address.into())),
    },
    Key {
        path: "limits.new_sockets_per_second",
        write: "a number from 1 to 100000",
        set: |config, given| given.number(1, 100_000).map(|most| config.limits.new_sockets_per_second = most),
        get: |config| Some(Value::Integer(config.limits.new_sockets_per_second.into())),
    },
    Key {
        path: "limits.visitor_burst",
        write: "a number of commands from 1 to 100000",
        set: |config, given| given.number(1, 100_000).map(|most| config.limits.visitor_burst = most),
        get: |config| Some(Value::Integer(config.limits.visitor_burst.into())),
    },
    Key {
        path: "limits.visitor_per_second",
        write: "a number of commands from 1 to 100000",
        set: |config, given| given.number(1, 100_000).map(|most| config.limits.visitor_per_second = most),
        get: |config| Some(Value::Integer(config.limits.visitor_per_second.into())),
    },
];

impl Given {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Toml(Value::String(text)) | Self::Word(text) => Some(text),
            Self::Toml(_) => None,
        }
    }

    fn boolean(&self) -> Option<bool> {
        match self {
            Self::Toml(value) => value.as_bool(),
            Self::Word(word) => word.parse().ok(),
        }
    }

    fn number(&self, least: u32, most: u32) -> Option<u32> {
        let number = match self {
            Self::Toml(value) => value.as_integer()?,
            Self::Word(word) => word.parse().ok()?,
        };
        u32::try_from(number).ok().filter(|number| (least..=most).contains(number))
    }

    /// An array of texts; in a word they stand between commas.
    fn list(&self) -> Option<Vec<String>> {
        match self {
            Self::Toml(Value::Array(values)) => values.iter().map(|value| value.as_str().map(str::to_owned)).collect(),
            Self::Toml(_) => None,
            Self::Word(word) => {
                Some(word.split(',').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect())
            }
        }
    }

    /// As it was read, for the sentence that refuses it.
    pub fn shown(&self) -> String {
        match self {
            Self::Toml(Value::String(text)) | Self::Word(text) => text.clone(),
            Self::Toml(value) => value.to_string(),
        }
    }
}

/// Hosts without a scheme, a port or a path, as addresses are compared: lower case, punycode.
fn hosts(given: &Given) -> Option<Vec<String>> {
    let host = |text: &String| url::Host::parse(text).ok().map(|host| host.to_string());
    given.list()?.iter().map(host).collect()
}

fn text(value: &impl std::fmt::Display) -> Option<Value> {
    Some(Value::String(value.to_string()))
}

/// The whole configuration as a file; keys without a value stand as a comment.
pub(super) fn write(config: &Config) -> String {
    let mut out = String::new();
    let mut table = "";
    for key in KEYS {
        let (of, name) = key.path.split_once('.').unwrap_or(("", key.path));
        if of != table {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("[{of}]\n"));
            table = of;
        }
        match (key.get)(config) {
            Some(value) => out.push_str(&format!("{name} = {value}\n")),
            None => out.push_str(&format!("# {name} is not set: {}\n", key.write)),
        }
    }
    out
}
