package interlock.docs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as {@code curl} makes it, with the options that the pages use.
 *
 * @param headers names and values in turn
 */
record CurlCall(String method, URI address, String body, List<String> headers) {
    /** Reads the words after {@code curl}; files are in the directory. */
    static CurlCall of(List<String> words, Path directory) throws IOException {
        Optional<String> method = Optional.empty();
        Optional<String> body = Optional.empty();
        List<String> headers = new ArrayList<>();
        List<URI> addresses = new ArrayList<>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "-N", "-s" -> {}
                case "-X" -> method = Optional.of(rest.next());
                case "-H" -> headers.addAll(List.of(rest.next().split(": ", 2)));
                case "-d", "--data-binary" -> body = Optional.of(data(rest.next(), directory));
                default -> addresses.add(address(word));
            }
        }
        if (addresses.size() != 1) {
            throw new AssertionError("one address was expected, not " + addresses);
        }
        if (body.isPresent() && !headers.contains("Content-Type")) {
            headers.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        }
        return new CurlCall(
                method.orElse(body.isPresent() ? "POST" : "GET"),
                addresses.getFirst(),
                body.orElse(""),
                List.copyOf(headers));
    }

    private static String data(String word, Path directory) throws IOException {
        return word.startsWith("@") ? Files.readString(directory.resolve(word.substring(1))) : word;
    }

    private static URI address(String word) {
        if (word.startsWith("-")) {
            throw new AssertionError("the test does not know curl's option " + word);
        }
        return URI.create(word.contains("://") ? word : "http://" + word);
    }

    /** {@return its path and query, for a service at another address} */
    String target() {
        return address.getRawQuery() == null
                ? address.getRawPath()
                : address.getRawPath() + "?" + address.getRawQuery();
    }
}
