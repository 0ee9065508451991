package interlock.web.http;

import interlock.model.Excerpt;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps out pages of others that an operator's browser has opened. A request has to be meant for this service: for one of its own
 * names, or for an IP address. A name of somebody else may have been made to lead here, so that his page can read what
 * the service answers. A request that changes something must not come from a page of another origin.
 */
public final class RequestGuard {
    /** Requests that change nothing: browsers do not let foreign pages read the answers. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** What browsers call requests of the service's own pages, and those that a person has made. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final int LONGEST = 300;

    private static final Pattern HOST = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]+)(?::(\\d{0,5}))?");

    private final Set<String> names;
    private final Set<Authority> publicAuthorities;

    /** A host and a port, as a {@code Host} or an {@code Origin} names them; without a port, that of the scheme is meant. */
    private record Authority(String host, String port) {
        static Optional<Authority> of(String text, String scheme) {
            Matcher parts = HOST.matcher(text.strip().toLowerCase(Locale.ROOT));
            if (!parts.matches()) {
                return Optional.empty();
            }
            String port = Optional.ofNullable(parts.group(2)).orElse("");
            boolean usual = port.equals(scheme.equals("https") ? "443" : "80");
            return Optional.of(new Authority(withoutLastDot(parts.group(1)), usual ? "" : port));
        }

        private static String withoutLastDot(String host) {
            return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        }

        boolean isAddress() {
            try {
                InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
                return true;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }

    /**
     * Guard of a service.
     *
     * @param host the name or address that it listens on
     * @param machine the name of its machine, with or without a domain
     * @param publicUrls where else clients reach it, by way of a proxy for example
     */
    public RequestGuard(String host, String machine, List<URI> publicUrls) {
        names = new HashSet<>(Set.of("localhost"));
        names.add(host.toLowerCase(Locale.ROOT));
        names.add(machine.toLowerCase(Locale.ROOT));
        names.add(machine.toLowerCase(Locale.ROOT).split("\\.", 2)[0]);
        publicAuthorities = new HashSet<>();
        for (URI url : publicUrls) {
            Authority.of(url.getRawAuthority(), url.getScheme()).ifPresent(authority -> {
                names.add(authority.host());
                publicAuthorities.add(authority);
            });
        }
    }

    /** Refuses a request that is not meant for this service, or that a page of somebody else has sent. */
    void check(Context ctx) {
        check(ctx.method().name(), ctx::header);
    }

    /** Refuses a request by its method and its headers. Only requests of HTTP/1.0 have no host; browsers send none of these. */
    void check(String method, Function<String, @Nullable String> header) {
        @Nullable String host = header.apply("Host");
        if (host != null && !isOwn(host)) {
            throw misdirected(host);
        }
        if (SAFE.contains(method)) {
            return;
        }
        @Nullable String site = header.apply("Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) {
            throw forbidden("another site (Sec-Fetch-Site: %s)".formatted(site));
        }
        @Nullable String origin = header.apply("Origin");
        if (origin != null && !isOwnOrigin(origin, host == null ? "" : host)) {
            throw forbidden("another origin (%s)".formatted(origin));
        }
    }

    private boolean isOwn(String host) {
        return Authority.of(host, "http")
                .filter(authority -> names.contains(authority.host()) || authority.isAddress())
                .isPresent();
    }

    /** The scheme may be another one than that of the request: that of a proxy in front of the service. */
    private boolean isOwnOrigin(String origin, String host) {
        String[] parts = origin.split("://", 2);
        if (parts.length != 2 || !Set.of("http", "https").contains(parts[0])) {
            return false;
        }
        Optional<Authority> from = Authority.of(parts[1], parts[0]);
        return from.isPresent()
                && (from.equals(Authority.of(host, parts[0])) || publicAuthorities.contains(from.get()));
    }

    private static Problem forbidden(String from) {
        return new Problem(403, "Forbidden", "A page of %s may not change anything here.".formatted(from), List.of());
    }

    private static Problem misdirected(String host) {
        String detail =
                ("'%s' is no name of this service. It answers to its address, to localhost and to the name of its machine; to"
                                + " others if it is started with --public-url.")
                        .formatted(Excerpt.of(host, LONGEST));
        return new Problem(421, "Misdirected Request", detail, List.of());
    }
}
