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
 * Rejects requests from foreign pages in an operator's browser. A request must be addressed to one of the service's
 * names, or to an IP address; another name may have been made to resolve to this machine, so that a foreign page can
 * read the answers (DNS rebinding). A request that changes something must not come from a page of another origin.
 */
public final class RequestGuard {
    /** Methods that change nothing; browsers do not let foreign pages read the answers. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** The values of Sec-Fetch-Site for requests by the service's own pages and by the user. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final int LONGEST = 300;

    private static final Pattern HOST = Pattern.compile("(\\[[^\\[\\]]*]|[^:\\[\\]]+)(?::(\\d{0,5}))?");

    private final Set<String> names;
    private final Set<Authority> publicAuthorities;

    /** A host and a port, as in {@code Host} and {@code Origin} headers; the port defaults to that of the scheme. */
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
     * Creates the guard of a service.
     *
     * @param host the name or address that it listens on
     * @param machine the host name of its machine, with or without a domain
     * @param publicUrls further URLs by which clients reach it, for example those of a proxy
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

    /** Rejects a request that is not addressed to this service, or that comes from a foreign page. */
    void check(Context ctx) {
        check(ctx.method().name(), ctx::header);
    }

    /**
     * Rejects a request by its method and headers. Only HTTP/1.0 requests have no host; browsers send none of these.
     */
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

    /** The origin's scheme may differ from the request's: it may be that of a proxy. */
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
        return new Problem(403, "Forbidden", "Requests from %s must not change anything.".formatted(from), List.of());
    }

    private static Problem misdirected(String host) {
        String detail =
                ("'%s' is not a name of this service. Its names are its address, localhost and the machine's host name; "
                                + "--public-url adds others.")
                        .formatted(Excerpt.of(host, LONGEST));
        return new Problem(421, "Misdirected Request", detail, List.of());
    }
}
