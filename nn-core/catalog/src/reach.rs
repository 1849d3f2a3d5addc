//! Which addresses a source may redirect to: a public server must not reach into the user's own network.

use std::{
    collections::HashSet,
    error::Error,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs},
    sync::Arc,
};

use parking_lot::Mutex;
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Where an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere.
    Public,
    /// On a private network.
    Private,
    /// Link-local: routers, and the metadata services of data centres.
    LinkLocal,
    /// On this machine.
    Loopback,
}

impl Place {
    /// Of an address.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => of_v4(v4),
            IpAddr::V6(v6) => of_v6(v6),
        }
    }
}

fn of_v4(address: Ipv4Addr) -> Place {
    match address.octets() {
        // 0.0.0.0 is this machine for many systems.
        [127 | 0, ..] => Place::Loopback,
        [169, 254, ..] => Place::LinkLocal,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] | [198, 18..=19, ..] => {
            Place::Private
        }
        // Kept for protocols, multicast, the future, broadcast: no server is there that is meant for everybody.
        [192, 0, 0, _] | [224..=255, ..] => Place::LinkLocal,
        _ => Place::Public,
    }
}

fn of_v6(address: Ipv6Addr) -> Place {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        of_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // An IPv4 address inside an IPv6 one: mapped, compatible, translated (NAT64, also a local one), 6to4.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Place::Loopback,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => embedded(high, low),
        [0x64, 0xff9b, 0 | 1, _, _, _, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        [0xfe80..=0xfebf | 0xff00..=0xffff, ..] => Place::LinkLocal,
        [0xfc00..=0xfdff | 0xfec0..=0xfeff, ..] => Place::Private,
        _ => Place::Public,
    }
}

/// What the requests of one source may reach: every public address, those of its own host, and the network on which that
/// host is.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The source's host, in small letters.
    host: String,
    /// Where that is, as far as it has been found out.
    places: Arc<Mutex<Vec<Place>>>,
    /// The names that redirects have led to. Whatever else is looked up is the host's own, or a proxy's, which is the
    /// user's choice wherever it is.
    led_to: Arc<Mutex<HashSet<String>>>,
}

/// An address that is not within reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfReach;

impl fmt::Display for OutOfReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address on a private network")
    }
}

impl Error for OutOfReach {}

impl Reach {
    /// Of a source at this host.
    pub fn of(host: &str) -> Self {
        let places = literal(host).map(Place::of).into_iter().collect();
        Self { host: host.to_ascii_lowercase(), places: Arc::new(Mutex::new(places)), led_to: Arc::default() }
    }

    /// Whether a redirect may lead there, as far as the address itself says so. A name is looked at when it is resolved.
    pub fn allows(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        if self.is_own(host) {
            return true;
        }
        if let Some(address) = literal(host) {
            return self.allows_place(Place::of(address));
        }
        self.led_to.lock().insert(host.to_ascii_lowercase());
        true
    }

    fn is_own(&self, host: &str) -> bool {
        host.eq_ignore_ascii_case(&self.host)
    }

    fn allows_place(&self, place: Place) -> bool {
        place == Place::Public || self.places.lock().contains(&place)
    }

    /// Of the addresses of a name those that may be reached.
    fn within(&self, name: &str, mut found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, OutOfReach> {
        if self.is_own(name) {
            let mut places = self.places.lock();
            for place in found.iter().map(|address| Place::of(address.ip())) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            return Ok(found);
        }
        if !self.led_to.lock().contains(&name.to_ascii_lowercase()) {
            return Ok(found);
        }
        let had_some = !found.is_empty();
        found.retain(|address| self.allows_place(Place::of(address.ip())));
        if had_some && found.is_empty() { Err(OutOfReach) } else { Ok(found) }
    }
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.clone();
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || {
                let found = (name.as_str(), 0).to_socket_addrs()?.collect();
                Ok::<_, Box<dyn Error + Send + Sync>>(reach.within(name.as_str(), found)?)
            });
            let addresses: Addrs = Box::new(found.await??.into_iter());
            Ok(addresses)
        })
    }
}

/// The address that a host is, if it is one.
fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        Place::of(text.parse().expect("an address"))
    }

    #[test]
    fn addresses_are_where_they_are_in_every_coat() {
        for (address, expected) in [
            ("8.8.8.8", Place::Public),
            ("172.32.0.1", Place::Public),
            ("100.128.0.1", Place::Public),
            ("2606:4700::1", Place::Public),
            ("::ffff:8.8.8.8", Place::Public),
            ("64:ff9b::8.8.8.8", Place::Public),
            ("127.0.0.1", Place::Loopback),
            ("127.9.9.9", Place::Loopback),
            ("0.0.0.0", Place::Loopback),
            ("::1", Place::Loopback),
            ("::", Place::Loopback),
            ("::ffff:127.0.0.1", Place::Loopback),
            ("10.1.2.3", Place::Private),
            ("172.16.0.1", Place::Private),
            ("172.31.255.255", Place::Private),
            ("192.168.1.1", Place::Private),
            ("100.64.0.1", Place::Private),
            ("fd00::1", Place::Private),
            ("64:ff9b::10.0.0.1", Place::Private),
            ("2002:c0a8:101::1", Place::Private),
            ("169.254.169.254", Place::LinkLocal),
            ("::ffff:169.254.169.254", Place::LinkLocal),
            ("fe80::1", Place::LinkLocal),
            ("ff02::1", Place::LinkLocal),
            ("255.255.255.255", Place::LinkLocal),
        ] {
            assert_eq!(place(address), expected, "{address}");
        }
    }

    #[test]
    fn a_source_reaches_the_public_its_own_host_and_the_network_it_is_on() {
        let may =
            |source: &str, target: &str| Reach::of(source).allows(&Url::parse(target).expect("an address"));
        for (source, target, allowed) in [
            ("huggingface.co", "https://cdn.example/x", true),
            ("huggingface.co", "http://8.8.8.8/", true),
            ("huggingface.co", "http://127.0.0.1/", false),
            ("huggingface.co", "http://2130706433/", false),
            ("huggingface.co", "http://0x7f.1/", false),
            ("huggingface.co", "http://[::ffff:10.0.0.1]/", false),
            ("huggingface.co", "http://169.254.169.254/latest", false),
            ("192.168.1.5", "http://192.168.1.6/", true),
            ("192.168.1.5", "http://169.254.169.254/", false),
            ("192.168.1.5", "http://127.0.0.1/", false),
            ("127.0.0.1", "http://127.0.0.1:81/", true),
            ("127.0.0.1", "http://10.0.0.1/", false),
            ("[fd00::1]", "http://[fd00::2]/", true),
        ] {
            assert_eq!(may(source, target), allowed, "{source} to {target}");
        }
    }

    #[test]
    fn a_name_leads_no_further_than_its_addresses() {
        let at = |address: &str| vec![SocketAddr::new(address.parse().expect("an address"), 80)];
        let reach = Reach::of("models.example");
        for name in ["inside.example", "cdn.example", "both.example", "ROUTER.example"] {
            assert!(reach.allows(&Url::parse(&format!("http://{name}/")).expect("an address")));
        }
        assert_eq!(reach.within("inside.example", at("10.0.0.1")), Err(OutOfReach));
        assert_eq!(reach.within("cdn.example", at("8.8.8.8")), Ok(at("8.8.8.8")));
        let both = [at("10.0.0.1"), at("8.8.8.8")].concat();
        assert_eq!(reach.within("both.example", both), Ok(at("8.8.8.8")));
        // A source on the same network: what its name is found to be counts.
        assert_eq!(reach.within("Models.example", at("10.0.0.9")), Ok(at("10.0.0.9")));
        assert_eq!(reach.within("inside.example", at("10.0.0.1")), Ok(at("10.0.0.1")));
        assert_eq!(reach.within("router.example", at("169.254.0.1")), Err(OutOfReach));
    }

    #[test]
    fn a_proxy_may_be_anywhere_and_opens_nothing_for_others() {
        let at = |address: &str| vec![SocketAddr::new(address.parse().expect("an address"), 80)];
        let reach = Reach::of("models.example");
        assert_eq!(reach.within("proxy.example", at("10.0.0.1")), Ok(at("10.0.0.1")));
        assert!(reach.allows(&Url::parse("http://inside.example/").expect("an address")));
        assert_eq!(reach.within("inside.example", at("10.0.0.1")), Err(OutOfReach));
    }
}
