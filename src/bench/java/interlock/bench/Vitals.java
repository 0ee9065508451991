package interlock.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** CPU and memory of a JVM on this machine, read over JMX. */
final class Vitals implements AutoCloseable {
    private final JMXConnector connector;
    private final OperatingSystemMXBean process;
    private final List<MemoryPoolMXBean> heap = new ArrayList<>();

    private Vitals(JMXConnector connector) throws IOException, MalformedObjectNameException {
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        process = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
        for (ObjectName name : beans.queryNames(
                new ObjectName(ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",*"), null)) {
            MemoryPoolMXBean pool =
                    ManagementFactory.newPlatformMXBeanProxy(beans, name.toString(), MemoryPoolMXBean.class);
            if (pool.getType() == MemoryType.HEAP) {
                heap.add(pool);
            }
        }
    }

    static Vitals of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new Vitals(JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (IOException e) {
            throw new UncheckedIOException("process %d does not provide JMX".formatted(pid), e);
        } catch (AttachNotSupportedException | MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the CPU time of the process} */
    Duration cpu() {
        return Duration.ofNanos(process.getProcessCpuTime());
    }

    /** {@return the CPU time of this process} */
    static Duration ownCpu() {
        return Duration.ofNanos(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    /** Resets the peak use of the heap. */
    void resetPeakHeap() {
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** {@return the sum of the heap pools' peak uses, in bytes} The peaks may be at different times. */
    long peakHeap() {
        return heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
