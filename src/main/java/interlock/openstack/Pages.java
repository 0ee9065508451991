package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads lists page by page, and encodes parts of paths. */
final class Pages {
    /** More objects than any cloud has; a longer list is assumed to be endless. */
    private static final int LONGEST_LIST = 500_000;

    private Pages() {}

    /** {@return all members of a list} */
    static <T> List<T> all(Endpoint endpoint, Waiter waiter, String path, String member, Function<JsonNode, T> read)
            throws CloudException, InterruptedException {
        List<T> all = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            JsonNode page = endpoint.send(Call.page(next.get()), waiter).body();
            page.path(member).forEach(one -> all.add(read.apply(one)));
            if (all.size() > LONGEST_LIST) {
                throw new CloudException(
                        CloudException.Kind.UNAVAILABLE,
                        "GET %s lists more than %d objects; reading stops".formatted(path, LONGEST_LIST));
            }
            next = page.path(member).isEmpty() ? Optional.empty() : next(path, page.path(member + "_links"));
        }
        return all;
    }

    /** Uses only the query of the link: behind a proxy, its host is often not reachable. */
    private static Optional<String> next(String path, JsonNode links) {
        return StreamSupport.stream(links.spliterator(), false)
                .filter(link -> link.path("rel").asText().equals("next"))
                .findFirst()
                .map(link -> URI.create(link.path("href").asText()).getRawQuery())
                .map(query -> path.replaceFirst("\\?.*", "") + "?" + query);
    }

    /** {@return the text, percent-encoded for a path segment or a query value} */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** {@return an object; empty if it does not exist} */
    static <T> Optional<T> one(Endpoint endpoint, Waiter waiter, String path, String member, Function<JsonNode, T> read)
            throws CloudException, InterruptedException {
        try {
            JsonNode body = endpoint.send(Call.get(path), waiter).body();
            return Optional.of(read.apply(member.isEmpty() ? body : body.path(member)));
        } catch (CloudException e) {
            if (e.kind() == CloudException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
