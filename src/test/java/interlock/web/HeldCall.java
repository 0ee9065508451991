package interlock.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An action that runs until a test lets it end: a request that is not answered before. */
public final class HeldCall implements AutoCloseable {
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** Starts what is to be asked. */
    public HeldCall() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                released.await();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /** {@return such an action, for a plan document} */
    public String action(String id) {
        return """
                {"id": "%s", "action_type": "http",
                 "input_parameters": {"method": "GET", "url": "http://127.0.0.1:%d/", "timeout": 600}}""".formatted(id, server.getAddress().getPort());
    }

    /** Lets it end, and whatever asks from now on. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdown();
    }
}
