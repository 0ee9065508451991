package interlock.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between a service and its database that can fall silent: connections stay open, and are taken, but nothing comes through.
 * What was sent meanwhile comes later.
 */
public final class Network implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final URI far;
    private final ServerSocket door;

    /** Guarded by this. */
    private boolean silent;

    /** Leads to there. */
    public Network(URI far) throws IOException {
        this.far = far;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** {@return where the far end is to be reached through this network} */
    public String uri() {
        return "%s://127.0.0.1:%d".formatted(far.getScheme(), door.getLocalPort());
    }

    /** From now on nothing comes through. */
    public synchronized void fallSilent() {
        silent = true;
    }

    /** Everything comes through again. */
    public synchronized void recover() {
        silent = false;
        notifyAll();
    }

    private synchronized void awaitSound() throws InterruptedException {
        while (silent) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = door.accept();
                sockets.add(near);
                threads.execute(() -> connect(near));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket other = new Socket()) {
            sockets.add(other);
            awaitSound();
            other.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), far.getPort()));
            threads.execute(() -> carry(other, near));
            carry(near, other);
        } catch (IOException e) {
            // The far end is not there: the near end sees its connection closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(near);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitSound();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One end has closed its connection: so is the other's, now.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
