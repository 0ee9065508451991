package interlock.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * What the actions of plans act upon, over HTTP. {@code PUT /a} and {@code POST /a} do a's work, {@code PUT /a/undo} and
 * {@code POST /a/undo} undo it, and {@code GET /a} asks whether it is done. What is done cannot be done again by a {@code POST}. It remembers who asked for what, fails where
 * it was told to, and holds a request until a test lets it go.
 */
final class World implements AutoCloseable {
    private static final int DONE = 200;
    private static final int NOT_DONE = 404;
    private static final int CONFLICT = 409;

    /** Worth a retry. */
    static final int UNAVAILABLE = 503;

    /** Not worth a retry. */
    static final int REFUSED = 400;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** All guarded by this. */
    private final Map<String, Integer> failing = new HashMap<>();

    private final List<Arrival> arrivals = new ArrayList<>();
    private final Set<String> done = new TreeSet<>();
    private final Deque<Held> traps = new ArrayDeque<>();

    /**
     * A request that has come.
     *
     * @param request its method and path
     * @param at when, in milliseconds since the epoch
     */
    record Arrival(String request, long at) {}

    World() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://localhost:%d%s".formatted(server.getAddress().getPort(), path);
    }

    /** An action that may be repeated without harm. */
    Call put(String id) {
        return new Call(this, "PUT", id);
    }

    /** An action that may not. */
    Call post(String id) {
        return new Call(this, "POST", id);
    }

    /** From now on, a request is answered so, and nothing comes of it. */
    synchronized void fails(String request, int status) {
        failing.put(request, status);
    }

    /** Holds the next request of this kind. */
    Held hold(String request) {
        return hold(request::equals);
    }

    /** Holds the next request that passes. */
    synchronized Held hold(Predicate<String> request) {
        Held held = new Held(request);
        traps.add(held);
        return held;
    }

    /** {@return what was asked for, in the order in which it was} */
    synchronized List<String> requests() {
        return arrivals.stream().map(Arrival::request).toList();
    }

    /** {@return what was asked for at a path, in the order in which it was} */
    List<String> requestsFor(String path) {
        return requests().stream()
                .filter(request -> request.endsWith(" " + path))
                .toList();
    }

    /** {@return what was asked for, and when, in the order in which it was} */
    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** {@return how often this was asked for} */
    synchronized int count(String request) {
        return Collections.frequency(requests(), request);
    }

    /** {@return what has been done, and not undone} */
    synchronized Set<String> done() {
        return Set.copyOf(done);
    }

    /** Undoes everything, and forgets who asked for what, but not what is to fail. */
    synchronized void forget() {
        arrivals.clear();
        done.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Held trap = arrive(exchange.getRequestMethod() + " " + path);
            if (trap == null) {
                exchange.sendResponseHeaders(work(exchange.getRequestMethod(), path), -1);
            } else if (trap.letGo()) {
                int status = work(exchange.getRequestMethod(), path);
                trap.end();
                exchange.sendResponseHeaders(status, -1);
            } else {
                trap.end();
            }
        }
    }

    private synchronized Held arrive(String request) {
        arrivals.add(new Arrival(request, System.currentTimeMillis()));
        Held trap =
                traps.stream().filter(held -> held.catches(request)).findFirst().orElse(null);
        traps.remove(trap);
        return trap;
    }

    private synchronized int work(String method, String path) {
        Integer failure = failing.get(method + " " + path);
        if (failure != null) {
            return failure;
        }
        if (path.endsWith("/undo")) {
            done.remove(path.substring(0, path.lastIndexOf('/')));
            return DONE;
        }
        if (method.equals("GET")) {
            return done.contains(path) ? DONE : NOT_DONE;
        }
        return done.add(path) || method.equals("PUT") ? DONE : CONFLICT;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
