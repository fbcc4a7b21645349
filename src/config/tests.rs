//! Each layer, each kind of fault, and the sentence that is said.

use super::*;

fn with_file(text: &str) -> (tempfile::TempDir, Layers) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("comptoir.toml");
    std::fs::write(&path, text).unwrap();
    (dir, Layers { file: Some(path), ..Layers::default() })
}

fn faults(layers: &Layers) -> Vec<String> {
    Config::load(layers).expect_err("these layers have a fault").iter().map(ToString::to_string).collect()
}

#[test]
fn without_any_layer_the_defaults_listen_on_loopback() {
    let config = Config::load(&Layers::default()).unwrap();
    assert_eq!(config, Config::default());
    assert!(config.server.listen.ip().is_loopback());
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let (_dir, mut layers) =
        with_file("[server]\nlisten = \"127.0.0.1:1\"\nstop_seconds = 7\n[files]\nmegabytes_max = 3\n");
    layers.environment = vec![
        ("COMPTOIR_SERVER__LISTEN".into(), "127.0.0.1:2".into()),
        ("COMPTOIR_FILES__MEGABYTES_MAX".into(), "4".into()),
        ("COMPTOIR_PORT".into(), "tcp://10.0.0.1:80".into()),
    ];
    let config = Config::load(&layers.flag("--listen", "server.listen", Some("127.0.0.1:3".into()))).unwrap();
    assert_eq!(config.server.listen.port(), 3);
    assert_eq!(config.files.megabytes_max, 4);
    assert_eq!(config.server.stop_seconds, 7);
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_nearest_name() {
    let (_dir, layers) = with_file("[server]\nlisten = \"127.0.0.1:1\"\n  publik_url = \"x\"\n[sever]\na = 1\n");
    let said = faults(&layers);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().any(|it| {
        it.ends_with("comptoir.toml:3:3: there is no setting `server.publik_url`; did you mean `server.public_url`?")
    }));
    assert!(said.iter().any(|it| it.ends_with("comptoir.toml:4:2: there is no table [sever]; did you mean [server]?")));
}

#[test]
fn an_unknown_variable_of_ours_is_refused_with_the_nearest_name() {
    let layers = Layers { environment: vec![("COMPTOIR_SERVER__LISTN".into(), "x".into())], ..Layers::default() };
    assert_eq!(
        faults(&layers),
        ["the environment has COMPTOIR_SERVER__LISTN, which is no setting; did you mean COMPTOIR_SERVER__LISTEN?"]
    );
}

/// Every key once with a value that cannot be: one line, the right place, what to write.
#[test]
fn every_key_refuses_a_wrong_value_in_one_line_that_says_what_to_write() {
    for key in keys::KEYS {
        let (table, name) = key.path.split_once('.').unwrap();
        let (_dir, layers) = with_file(&format!("[{table}]\n{name} = {{ no = 1 }}\n"));
        let said = faults(&layers);
        assert_eq!(said.len(), 1, "{}: {said:?}", key.path);
        assert!(!said[0].contains('\n'), "{}", said[0]);
        assert!(said[0].contains("comptoir.toml:2:1: ") && said[0].contains(key.path), "{}", said[0]);
        assert!(said[0].ends_with(&format!("write {}", key.write)), "{}", said[0]);

        if key.path == "data.dir" {
            continue;
        }
        let layers = Layers { environment: vec![(key.variable(), "=[".into())], ..Layers::default() };
        let said = faults(&layers);
        assert!(said[0].starts_with(&format!("the environment's {}: ", key.variable())), "{}", said[0]);
    }
}

#[test]
fn broken_toml_says_where() {
    let (_dir, layers) = with_file("[server]\nlisten = \n");
    let said = faults(&layers);
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("comptoir.toml:2:"), "{}", said[0]);
    assert!(!said[0].contains('\n'), "{}", said[0]);
}

#[test]
fn a_public_listen_address_without_public_url_is_refused_with_what_to_write() {
    let layers = Layers::default().flag("--listen", "server.listen", Some("0.0.0.0:8080".into()));
    let said = faults(&layers);
    assert!(said[0].contains("write public_url = \"https://chat.example.com\""), "{}", said[0]);
    assert!(said[1].contains("behind_proxy = true"), "{}", said[1]);
    let whole = layers.flag("--public-url", "server.public_url", Some("https://chat.shop.example".into())).flag(
        "--behind-proxy",
        "server.behind_proxy",
        Some("true".into()),
    );
    assert!(Config::load(&whole).is_ok());
}

#[test]
fn a_public_url_on_plain_http_beyond_loopback_is_refused() {
    for (url, fits) in [
        ("http://chat.shop.example", false),
        ("https://chat.shop.example", true),
        ("http://localhost:8080", true),
        ("http://127.0.0.1:8080", true),
        ("https://chat.shop.example/comptoir", false),
    ] {
        let layers = Layers::default().flag("--public-url", "server.public_url", Some(url.into()));
        assert_eq!(Config::load(&layers).is_ok(), fits, "{url}");
    }
}

#[test]
fn what_is_shown_is_a_file_that_gives_the_same() {
    let mut config = Config::default();
    config.server.public_url = Some(Url::parse("https://chat.shop.example").unwrap());
    config.server.trusted_proxies = vec![Network::parse("10.0.0.0/8").unwrap()];
    config.log.format = LogFormat::Json;
    let (_dir, layers) = with_file(&config.to_toml());
    assert_eq!(Config::load(&layers).unwrap(), config);
}

#[test]
fn hosts_are_kept_as_addresses_are_compared() {
    let (_dir, layers) = with_file(
        "[feeds]\nhosts = [\"Flux.Exemplé.fr\", \"feeds.example\"]\nprivate_hosts = [\"[0:0::1]\", \"ERP.internal\"]\n",
    );
    let feeds = Config::load(&layers).unwrap().feeds;
    assert_eq!(feeds.hosts, ["flux.xn--exempl-gva.fr", "feeds.example"]);
    assert_eq!(feeds.private_hosts, ["[::1]", "erp.internal"]);
}

#[test]
fn a_network_contains_its_addresses_and_no_others() {
    for (network, ip, inside) in [
        ("10.0.0.0/8", "10.200.3.4", true),
        ("10.0.0.0/8", "11.0.0.1", false),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false),
        ("0.0.0.0/0", "203.0.113.9", true),
        ("10.0.0.0/8", "::ffff:10.1.1.1", true),
        ("2001:db8::/32", "2001:db8:1::1", true),
        ("2001:db8::/32", "2001:db9::1", false),
        ("::1", "127.0.0.1", false),
    ] {
        let network = Network::parse(network).unwrap();
        assert_eq!(network.contains(ip.parse().unwrap()), inside, "{network} {ip}");
    }
    for text in ["10.0.0.0/33", "localhost", "", "::/129"] {
        assert!(Network::parse(text).is_none(), "{text}");
    }
}
