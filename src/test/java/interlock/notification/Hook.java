package interlock.notification;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A receiver of events, which answers as it is told to. */
public final class Hook implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Request> taken = new CopyOnWriteArrayList<>();
    private final List<Request> refused = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile int status = 204;
    private volatile Map<String, String> headers = Map.of();

    /** A request, and the event that it brought. */
    public record Request(String method, Map<String, List<String>> headers, String body, JsonNode event) {
        public String header(String name) {
            return headers.get(name).getFirst();
        }

        public String type() {
            return event().path("type").asText();
        }

        public JsonNode data() {
            return event().at("/data/payload/watcher_object.data");
        }

        public boolean isOf(Object plan) {
            return event().path("source").asText().equals("/v1/action_plans/" + plan);
        }
    }

    public Hook() {
        this(0);
    }

    /** Listens where one listened before. */
    public Hook(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request =
                new Request(exchange.getRequestMethod(), exchange.getRequestHeaders(), body, JSON.readTree(body));
        int answer = status;
        headers.forEach(exchange.getResponseHeaders()::set);
        (answer < 300 ? taken : refused).add(request);
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:%d/events".formatted(port());
    }

    /** Answers so from now on. */
    public Hook answer(int newStatus, Map<String, String> newHeaders) {
        headers = newHeaders;
        status = newStatus;
        return this;
    }

    public List<Request> taken() {
        return List.copyOf(taken);
    }

    public List<Request> refused() {
        return List.copyOf(refused);
    }

    /** {@return what it has taken of a plan, as soon as there is such an event among it} */
    public List<Request> awaitOf(Object plan, Predicate<Request> last) {
        return await().atMost(PATIENCE)
                .until(
                        () -> taken().stream()
                                .filter(request -> request.isOf(plan))
                                .toList(),
                        requests -> requests.stream().anyMatch(last));
    }

    /** {@return what it has refused, as soon as there is something} */
    public List<Request> awaitRefusal() {
        return await().atMost(PATIENCE).until(this::refused, requests -> !requests.isEmpty());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
