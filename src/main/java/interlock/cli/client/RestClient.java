package interlock.cli.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.cli.terminal.Table;
import interlock.model.Characters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Sends requests to the service. Every failure is a {@link CommandFailed} that says how to proceed. */
public final class RestClient implements AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    /** Long enough to store the largest plan. */
    private static final Duration TO_ANSWER = Duration.ofMinutes(5);

    /** How often a repeatable request is sent when the connection is lost before the answer. */
    private static final int TRIES = 3;

    /** How many characters before a wrong one an error message shows. */
    private static final int SHOWN_BEFORE = 40;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(Instant.class, new TimeDeserializer()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final URI service;
    private final HttpClient http;

    /** Times in Watcher's format. */
    private static final class TimeDeserializer extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        TimeDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return OffsetDateTime.parse(parser.getText()).toInstant();
        }
    }

    /**
     * An answer of the service.
     *
     * @param text its body
     */
    public record Answer(String text) {
        public <T> T as(Class<T> type) {
            return read(text, type);
        }
    }

    public RestClient(URI service) {
        this.service = URI.create(service.toString().replaceAll("/+$", ""));
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .build();
    }

    /**
     * Parses JSON from the service.
     *
     * @throws CommandFailed when the text is not JSON of that type
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new CommandFailed("the answer is not from an Interlock service: " + e.getOriginalMessage());
        }
    }

    public URI service() {
        return service;
    }

    public Answer get(String path) {
        return get(path, "application/json");
    }

    public Answer get(String path, String accepted) {
        return send(request(path).header("Accept", accepted).build(), TRIES);
    }

    /** {@return the whole list, assembled from all pages} */
    public Answer list(String path, String member, Map<String, String> arguments) {
        Answer first = get(path + query(arguments));
        ObjectNode part = first.as(ObjectNode.class);
        if (!part.has("next")) {
            return first;
        }
        ObjectNode whole = part.deepCopy();
        whole.remove("next");
        ArrayNode items = whole.withArray(member);
        while (part.has("next")) {
            // Only the query of the link is used: the service may not know the address that the client uses.
            part = get(path + "?" + URI.create(part.path("next").asText()).getRawQuery())
                    .as(ObjectNode.class);
            items.addAll(part.withArray(member));
        }
        return new Answer(whole.toString());
    }

    private static String query(Map<String, String> arguments) {
        return arguments.isEmpty()
                ? ""
                : arguments.entrySet().stream()
                        .map(entry -> entry.getKey() + "="
                                + URLEncoder.encode(whole(entry.getValue()), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** {@return the text, which must consist of whole characters, because others would be sent as question marks} */
    private static String whole(String text) {
        int at = Characters.unpairedSurrogate(text);
        if (at >= 0) {
            throw new CommandFailed("the request contains an unpaired surrogate, U+%04X, which is not a character: …%s?"
                    .formatted((int) text.charAt(at), text.substring(Math.max(0, at - SHOWN_BEFORE), at)));
        }
        return text;
    }

    /** Writes the body of an answer as it arrives. */
    public void download(String path, OutputStream into) throws IOException {
        HttpRequest request = request(path).header("Accept", "application/json").build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() / 100 != 2) {
                    String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                    throw refused(request.method(), request.uri(), response.statusCode(), text);
                }
                body.transferTo(into);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while waiting for " + service);
        }
    }

    public Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()).build(), 1);
    }

    /** Sends a body of JSON that is there as text. */
    public Answer postJson(String path, String body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                1);
    }

    public Answer post(String path, Object body) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(whole(JSON.valueToTree(body).toString())))
                .build();
        return send(request, 1);
    }

    public Answer patch(String path, Object body) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .method(
                        "PATCH",
                        BodyPublishers.ofString(whole(JSON.valueToTree(body).toString())))
                .build();
        return send(request, 1);
    }

    /** Sends a body; repeats the request when the answer is lost, which the idempotency key makes safe. */
    public Answer post(String path, String body, String contentType, String idempotencyKey) {
        HttpRequest request = request(path)
                .header("Content-Type", contentType)
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(whole(body)))
                .build();
        return send(request, TRIES);
    }

    public Answer put(String path, Map<String, String> arguments, Object body) {
        HttpRequest request = request(path + query(arguments))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(whole(JSON.valueToTree(body).toString())))
                .build();
        return send(request, 1);
    }

    public Answer delete(String path, Map<String, String> arguments) {
        return delete(path + query(arguments));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE().build(), 1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service + path)).timeout(TO_ANSWER);
    }

    private Answer send(HttpRequest request, int tries) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw refused(request.method(), request.uri(), response.statusCode(), response.body());
            }
            return new Answer(response.body());
        } catch (ConnectException | HttpConnectTimeoutException _) {
            throw new CommandFailed(
                    "no service is reachable at %s; start one with 'interlock serve', or give its address with --url"
                            .formatted(service));
        } catch (HttpTimeoutException _) {
            throw new CommandFailed("%s did not answer within %d minutes".formatted(service, TO_ANSWER.toMinutes()));
        } catch (IOException e) {
            if (tries > 1) {
                return send(request, tries - 1);
            }
            throw new CommandFailed("the connection to %s was lost before the answer arrived: %s"
                    .formatted(service, Optional.ofNullable(e.getMessage()).orElse(e.toString())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while waiting for " + service);
        }
    }

    /** {@return the failure for an error answer, with the service's own explanation if it has one} */
    public static CommandFailed refused(String method, URI uri, int status, String body) {
        try {
            ApiAnswers.Problem problem = JSON.readValue(body, ApiAnswers.Problem.class);
            if (problem.detail() != null) {
                return new CommandFailed(Table.printable(problem.detail()), problem.faults());
            }
        } catch (JsonProcessingException _) {
            // not from Interlock, as the message says
        }
        return new CommandFailed(
                "%s %s returned status %d, but not from an Interlock service".formatted(method, uri, status));
    }

    /** Requests the events after a known one; the future completes when the stream has ended. */
    public <T> CompletableFuture<HttpResponse<T>> follow(String path, long lastEventId, BodyHandler<T> handler) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service + path))
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", String.valueOf(lastEventId))
                .build();
        return http.sendAsync(request, handler);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
