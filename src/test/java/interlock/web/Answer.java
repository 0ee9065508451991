package interlock.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.stream.StreamSupport;

/** An answer of the service. */
public record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return the header, or nothing} */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** {@return the media type, without its parameters} */
    public String mediaType() {
        return header("Content-Type").split(";")[0];
    }

    /** {@return the body, read as JSON} */
    public JsonNode json() {
        return json(body);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** {@return a member of each element of a list in the body} */
    public List<String> each(String list, String member) {
        return StreamSupport.stream(json().path(list).spliterator(), false)
                .map(element -> element.path(member).asText())
                .toList();
    }

    /** {@return the faults that it names, as {@code path: message}} */
    public List<String> faults() {
        return StreamSupport.stream(json().path("errors").spliterator(), false)
                .map(fault -> fault.path("path").asText() + ": "
                        + fault.path("message").asText())
                .toList();
    }

    /** {@return what went wrong, in words} */
    public String detail() {
        return json().path("detail").asText();
    }
}
