package interlock.openstack.action;

import interlock.openstack.CloudException;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.Server;
import interlock.openstack.ServerMigration;
import java.util.Comparator;
import java.util.Optional;

/**
 * Waits for the end of a migration or a resize of an instance, and confirms it if required.
 *
 * @param job the attempt
 * @param server the instance's uuid
 * @param after the number of the last migration before this one
 */
record Relocation(CloudAttempt job, String server, long after) {
    /**
     * The final state of an instance.
     *
     * @param server the instance
     * @param migration its migration; empty if Nova has not started it
     */
    record Settled(Server server, Optional<ServerMigration> migration) {}

    /** {@return the number of the instance's last migration; 0 if there was none} */
    static long last(CloudAttempt job, String server) throws CloudException, InterruptedException {
        return newest(job, server, 0).map(ServerMigration::id).orElse(0L);
    }

    /** {@return the instance's last migration with a greater number} */
    static Optional<ServerMigration> newest(CloudAttempt job, String server, long after)
            throws CloudException, InterruptedException {
        return job.nova().migrations(server).stream()
                .filter(migration -> migration.id() > after)
                .max(Comparator.comparingLong(ServerMigration::id));
    }

    /** {@return whether Nova has accepted the request} */
    boolean begun() throws CloudException, InterruptedException {
        return newest(job, server, after).isPresent()
                || job.nova().server(server).filter(Server::busy).isPresent();
    }

    /** {@return the final state; empty if the instance was deleted meanwhile} */
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

    /** Reports the progress. Nova reports it for live migrations only. */
    private void tell(Server server) {
        if (server.progress() > 0) {
            job.execution().updateProgress(server.progress() / 100.0);
        }
    }

    /** Reads the instance after its migration has ended, so that its host is the final one. */
    private Optional<Settled> settled(Optional<ServerMigration> migration) throws CloudException, InterruptedException {
        return job.nova().server(server).map(now -> new Settled(now, migration));
    }

    /** Confirms the migration. Nova may have confirmed it itself after a time-out. */
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
