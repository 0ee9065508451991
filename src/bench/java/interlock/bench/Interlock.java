package interlock.bench;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Drains plans through the public API: a plan is created and started by REST, and polled until it has ended.
 *
 * @param name its name in results
 * @param services the services whose CPU and heap count; requests go to the first
 */
record Interlock(String name, List<Service> services) implements Contestant {
    static final String NAME = "interlock";

    /** A service with an embedded database. */
    Interlock(Service service) {
        this(NAME, List.of(service));
    }

    @Override
    public Drained drain(Workload workload) {
        Service service = services.getFirst();
        UUID plan = service.create(workload.document("nop"));
        long commits = service.commits();
        services.forEach(each -> each.vitals().resetPeakHeap());
        Duration cpu = cpu();
        long began = System.nanoTime();

        service.start(plan);
        service.awaitEnd(plan);

        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        return new Drained(
                workload.size(),
                wall,
                cpu().minus(cpu),
                OptionalLong.of(services.stream()
                        .mapToLong(each -> each.vitals().peakHeap())
                        .sum()),
                OptionalLong.of(service.commits() - commits));
    }

    private Duration cpu() {
        return services.stream().map(each -> each.vitals().cpu()).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        services.forEach(Service::close);
    }
}
