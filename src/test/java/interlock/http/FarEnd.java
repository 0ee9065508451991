package interlock.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that answers with whatever bytes a test has it write. It notices when its client goes. */
public final class FarEnd implements AutoCloseable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Play play;

    /** Writes an answer. */
    @FunctionalInterface
    public interface Play {
        void on(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
    }

    /** Plays this for every connection. */
    public FarEnd(Play play) {
        this.play = play;
        try {
            listening = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** {@return one that answers this, and says no more} */
    public static FarEnd answering(String text) {
        return new FarEnd((out, closed) -> {
            write(out, text);
            closed.await();
        });
    }

    /** {@return one whose answer has no end} */
    public static FarEnd endless(String head) {
        String part = "x".repeat(65_536);
        return new FarEnd((out, _) -> {
            write(out, head);
            while (true) {
                write(out, part);
            }
        });
    }

    /** {@return one whose answer comes byte by byte, and has no end} */
    public static FarEnd dripping(String head) {
        return new FarEnd((out, closed) -> {
            write(out, head);
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                write(out, "x");
            }
        });
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listening.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            requests.add(head(in));
            threads.execute(() -> awaitEnd(in));
            play.on(connection.getOutputStream(), closed);
        } catch (IOException _) {
            left.countDown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // the body of the request
            }
            left.countDown();
        } catch (IOException _) {
            left.countDown();
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    public String url() {
        return "http://localhost:%d/".formatted(port());
    }

    /** {@return the requests' lines and headers} */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** {@return whether a client goes, sooner or later} */
    public boolean isLeft() throws InterruptedException {
        return left.await(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
