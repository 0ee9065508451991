package interlock.openstack.action;

import interlock.openstack.CloudException;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.Server;
import interlock.openstack.ServerMigration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Follows a move or a change of size of one instance to its end; a cold one is confirmed on its way.
 *
 * @param job the attempt
 * @param server the instance's uuid
 * @param after the number of the last move before this one, in Nova's count
 */
record Relocation(CloudAttempt job, String server, long after) {
    /**
     * Where an instance has come to rest.
     *
     * @param server the instance
     * @param migration its move; empty, if Nova has not even begun it
     */
    record Settled(Server server, Optional<ServerMigration> migration) {}

    /** {@return the number of the instance's last move; 0 if there was none} */
    static long last(CloudAttempt job, String server) throws CloudException, InterruptedException {
        return newest(job, server, 0).map(ServerMigration::id).orElse(0L);
    }

    /** {@return the instance's last move after another} */
    static Optional<ServerMigration> newest(CloudAttempt job, String server, long after)
            throws CloudException, InterruptedException {
        return job.nova().migrations(server).stream()
                .filter(migration -> migration.id() > after)
                .max(Comparator.comparingLong(ServerMigration::id));
    }

    /** {@return whether Nova has taken the request up} */
    boolean begun() throws CloudException, InterruptedException {
        return newest(job, server, after).isPresent()
                || job.nova().server(server).filter(Server::busy).isPresent();
    }

    /** {@return how it ended; empty if the instance was deleted meanwhile} */
    Optional<Settled> settle() throws CloudException, InterruptedException {
        CloudAttempt.Looks looks = job.looks();
        while (true) {
            Optional<Server> found = job.nova().server(server);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get().busy()) {
                tell(found.get());
            } else {
                Optional<ServerMigration> migration = newest(job, server, after);
                if (migration.filter(it -> it.is("finished")).isPresent()
                        && found.get().is("VERIFY_RESIZE")) {
                    confirm();
                } else if (migration.map(ServerMigration::ended).orElse(true)) {
                    return settled(migration);
                }
            }
            looks.pause();
        }
    }

    /** Nova's hypervisors tell only of live migrations how far they are. */
    private void tell(Server server) {
        if (server.progress() > 0) {
            job.execution().updateProgress(server.progress() / 100.0);
        }
    }

    /** The move ended before the instance was looked at: its host is the one at the end. */
    private Optional<Settled> settled(Optional<ServerMigration> migration) throws CloudException, InterruptedException {
        return job.nova().server(server).map(now -> new Settled(now, migration));
    }

    /** Nova may confirm by itself, after a time: then there is nothing left to confirm. */
    private void confirm() throws CloudException, InterruptedException {
        try {
            job.undertaking().begin();
            job.nova().confirmResize(server);
        } catch (CloudException e) {
            boolean pending =
                    newest(job, server, after).filter(it -> it.is("finished")).isPresent();
            if (pending && e.kind() != Kind.IN_DOUBT && e.kind() != Kind.BUSY) {
                throw e;
            }
        }
    }
}
