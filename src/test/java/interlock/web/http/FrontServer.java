package interlock.web.http;

import interlock.action.ActionTypes;
import interlock.model.Capacities;
import interlock.plan.PlanDocument;
import interlock.plan.SolutionDocument;
import interlock.planner.InstanceHosts;
import interlock.planner.Planners;
import interlock.web.Answer;
import interlock.web.RunningService;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The server alone, which reads what it is sent and stores nothing: what it lets in can be seen without a database. */
final class FrontServer implements AutoCloseable, WebServer.Routes {
    private final PlanDocument documents = new PlanDocument(
            ActionTypes.own(),
            Planners.own(Map.of(), InstanceHosts.UNKNOWN),
            Capacities.DEFAULT,
            interlock.model.DocumentLimits.ACTIONS);
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger changes = new AtomicInteger();
    private final WebServer web;

    FrontServer() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web = WebServer.start(
                "127.0.0.1", 0, new RequestGuard("127.0.0.1", "this-machine", List.of()), threads, List.of(this));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> ctx.json(Map.of("status", "UP")));
        routes.post("/v1/action_plans", this::readPlan);
        routes.post("/v1/planners/{name}/plan", ctx -> {
            SolutionDocument.read(RequestBody.read(ctx), interlock.model.DocumentLimits.ACTIONS);
            change(ctx);
        });
        routes.post("/v1/audits", this::readAny);
        routes.post("/v1/webhooks", this::readAny);
        routes.patch("/v1/action_plans/{id}", this::readAny);
        routes.post("/v1/action_plans/{id}/start", this::change);
        routes.delete("/v1/action_plans/{id}", this::change);
    }

    private void readPlan(Context ctx) throws IOException {
        documents.read(RequestBody.read(ctx), Optional.empty());
        change(ctx);
    }

    private void readAny(Context ctx) throws IOException {
        RequestBody.any(ctx);
        change(ctx);
    }

    private void change(Context ctx) {
        changes.incrementAndGet();
        ctx.status(201).json(Map.of());
    }

    /** {@return how many requests would have changed something} */
    int changes() {
        return changes.get();
    }

    int port() {
        return web.port();
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), headers);
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
                .timeout(RunningService.PATIENCE)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        } else {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@return the answer to a request as it is on the wire: clients of Java would not send all there is} */
    String raw(String method, String path, String host, List<String> headers, String body) throws IOException {
        String lines = headers.stream().map(header -> header + "\r\n").collect(java.util.stream.Collectors.joining());
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout((int) RunningService.PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n%s"
                            .formatted(method, path, host, lines, body)
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        http.close();
        web.close();
    }
}
