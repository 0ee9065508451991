package interlock.cli.client;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.cli.client.RestClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Purges plans by the API, and exports them before. */
public final class PurgeClient {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** The end of a complete export. */
    private static final byte[] COMPLETE = "\"complete\":true}\n".getBytes(StandardCharsets.UTF_8);

    /** How many plans are exported before they are purged together. */
    private static final int AT_ONCE = 100;

    private final RestClient rest;
    private final String olderThan;
    private final @Nullable List<String> states;
    private final Sleeper sleeper;

    /** How the client waits between two looks at a purge. */
    @FunctionalInterface
    public interface Sleeper {
        /** Waits for this long. */
        void sleep(Duration duration);
    }

    /** The numbers of a dry run. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record DryRun(long plans, long actions, long keptPlans, List<String> actionPlans) {}

    /** A purge. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Purge(
            String id, String state, long plans, long actions, long removedPlans, long removedActions, long keptPlans) {
        boolean goesOn() {
            return state.equals("ONGOING");
        }
    }

    /** The plans and actions that were removed, and the plans that were kept because webhooks were not told about them. */
    public record Removed(long plans, long actions, long kept) {
        Removed and(Purge purge) {
            return new Removed(plans + purge.removedPlans(), actions + purge.removedActions(), purge.keptPlans());
        }
    }

    /**
     * Creates a client.
     *
     * @param olderThan the least age of the plans
     * @param states their states; null: all
     */
    public PurgeClient(RestClient rest, String olderThan, @Nullable List<String> states, Sleeper sleeper) {
        this.rest = rest;
        this.olderThan = olderThan;
        this.states = states;
        this.sleeper = sleeper;
    }

    /** {@return what a purge would remove} */
    public Answer dryRun() {
        return post(Optional.empty(), true);
    }

    private Answer post(Optional<List<String>> plans, boolean dryRun) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("older_than", olderThan);
        if (states != null) {
            body.put("states", states);
        }
        plans.ifPresent(some -> body.put("action_plans", some));
        body.put("dry_run", dryRun);
        return rest.post("/v1/purge", body);
    }

    /**
     * {@return the ended purge}
     *
     * @param progress called with the purge as often as it is looked at
     */
    public Answer purge(Consumer<Purge> progress) {
        return await(post(Optional.empty(), false), progress);
    }

    private Answer await(Answer begun, Consumer<Purge> progress) {
        Answer answer = begun;
        Purge purge = answer.as(Purge.class);
        Duration wait = SHORTEST_WAIT;
        while (purge.goesOn()) {
            sleeper.sleep(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            answer = rest.get("/v1/purge/" + purge.id());
            purge = answer.as(Purge.class);
            progress.accept(purge);
        }
        return answer;
    }

    /**
     * Writes plans into a new file, one on a line, and removes exactly those: some are written, the file is forced to the disk, and then they
     * are removed, until no more are found.
     *
     * @throws CommandFailed when the file exists or cannot be written; then nothing is removed that is not in the file
     */
    public Removed purgeExporting(Path file, Consumer<Removed> progress) {
        Removed removed = new Removed(0, 0, 0);
        Set<String> written = new HashSet<>();
        List<String> next = candidates(written); // before the file is there: the service may be out of reach
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (!next.isEmpty()) {
                List<String> exported = new ArrayList<>();
                for (String plan : next.subList(0, Math.min(AT_ONCE, next.size()))) {
                    written.add(plan);
                    if (export(plan, channel)) {
                        exported.add(plan);
                    }
                }
                channel.force(true);
                if (!exported.isEmpty()) {
                    removed = removed.and(
                            await(post(Optional.of(exported), false), _ -> {}).as(Purge.class));
                    progress.accept(removed);
                }
                next = candidates(written);
            }
            return removed;
        } catch (FileAlreadyExistsException _) {
            throw new CommandFailed("%s exists; give the name of a new file".formatted(file));
        } catch (IOException e) {
            throw new CommandFailed(
                    "cannot write the export %s: %s. %d plans were removed, all of which are in the file"
                            .formatted(file, e.getMessage(), removed.plans()));
        }
    }

    private List<String> candidates(Set<String> written) {
        return dryRun().as(DryRun.class).actionPlans().stream()
                .filter(plan -> !written.contains(plan))
                .toList();
    }

    /** {@return whether the export is complete} Else the file ends as before: the plan has changed meanwhile. */
    private boolean export(String plan, FileChannel file) throws IOException {
        long before = file.position();
        Tail out = new Tail(Channels.newOutputStream(file));
        rest.download("/v1/action_plans/%s/export".formatted(plan), out);
        out.flush();
        if (!out.endsWith(COMPLETE)) {
            file.truncate(before);
            file.position(before);
            return false;
        }
        return true;
    }

    /** Remembers the last bytes. */
    private static final class Tail extends FilterOutputStream {
        private final ByteArrayOutputStream last = new ByteArrayOutputStream();

        Tail(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            byte[] before = last.toByteArray();
            last.reset();
            int kept = Math.max(0, COMPLETE.length - length);
            last.write(before, Math.max(0, before.length - kept), Math.min(before.length, kept));
            int added = Math.min(length, COMPLETE.length);
            last.write(bytes, from + length - added, added);
        }

        boolean endsWith(byte[] end) {
            return ByteBuffer.wrap(last.toByteArray()).equals(ByteBuffer.wrap(end));
        }
    }
}
