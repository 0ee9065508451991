package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** A small server that plays Keystone and whatever else a test scripts. */
public final class ScriptedCloud implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Answer>> played = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final String scheme;

    /** A request that has come. */
    public record Request(String method, String path, Map<String, List<String>> headers, JsonNode body) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        String line() {
            return method + " " + path;
        }
    }

    /** An answer; without a status, the connection is closed instead. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static final Answer NONE = new Answer(0, Map.of(), "");

        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body);
        }

        public Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value), body);
        }
    }

    public ScriptedCloud() throws IOException {
        this(HttpServer.create(loopback(), 0), "http");
    }

    ScriptedCloud(SSLContext tls) throws IOException {
        HttpsServer secure = HttpsServer.create(loopback(), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        this(secure, "https");
    }

    private ScriptedCloud(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** {@return it as the only cloud there is, to be worked on by this clock} */
    public Clouds clouds(WaitingClock clock) {
        JsonNode document = JSON.createObjectNode()
                .put("auth_url", url(""))
                .put("username", "a")
                .put("password", "b")
                .put("region_name", "north");
        return new Clouds(new CloudDocuments(Map.of("lab", document), Optional.of("lab"), ""), clock, () -> 0);
    }

    public String url(String path) {
        return "%s://localhost:%d%s".formatted(scheme, server.getAddress().getPort(), path);
    }

    /** Answers such requests so, one after the other; the last answer stays. */
    public ScriptedCloud on(String line, Answer... answers) {
        script.computeIfAbsent(line, _ -> new ConcurrentLinkedDeque<>()).addAll(List.of(answers));
        return this;
    }

    public ScriptedCloud on(String line, int status, String body) {
        return on(line, Answer.of(status, body));
    }

    /** Answers such requests as the cloud is by then. */
    public ScriptedCloud on(String line, Supplier<Answer> answer) {
        played.put(line, answer);
        return this;
    }

    /** {@return the requests for anything but tokens, as method and path} */
    public List<String> lines() {
        return requests.stream()
                .map(Request::line)
                .filter(line -> !line.contains("/auth/tokens"))
                .toList();
    }

    public List<Request> requests(String line) {
        return requests.stream().filter(request -> request.line().equals(line)).toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            requests.add(request);
            Answer answer = answer(request);
            if (answer.status() == 0) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body));
    }

    private Answer answer(Request request) {
        Supplier<Answer> live = played.get(request.line());
        if (live != null) {
            return live.get();
        }
        Deque<Answer> answers = script.get(request.line());
        if (answers != null) {
            Answer next = answers.size() > 1 ? answers.poll() : answers.peek();
            return next == null ? Answer.NONE : next;
        }
        return request.line().equals("POST /v3/auth/tokens")
                ? token()
                : Answer.of(404, "no script for " + request.line());
    }

    Answer token() {
        return Answer.of(201, catalogue()).with("X-Subject-Token", "token-" + tokens.incrementAndGet());
    }

    private String catalogue() {
        return """
                {"token": {"catalog": [
                  {"type": "compute", "endpoints": [
                    {"interface": "internal", "region": "north", "url": "%1$s/internal/v2.1"},
                    {"interface": "public", "region": "north", "url": "%1$s/nova/v2.1"},
                    {"interface": "public", "region": "south", "url": "%1$s/south/v2.1"}]},
                  {"type": "volumev3", "endpoints": [
                    {"interface": "public", "region": "north", "url": "%1$s/cinder/v3/p"}]},
                  {"type": "baremetal", "endpoints": [
                    {"interface": "public", "region": "north", "url": "%1$s/ironic"}]}]}}
                """.formatted(url(""));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
