package dev.belfry.shutdown;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a node takes leave.
 *
 * @param delay for so long it goes on answering after it has said that it is not ready,
 * for a load balancer to notice
 */
@ConfigurationProperties("belfry.shutdown")
record ShutdownSettings(@DefaultValue("5s") Duration delay) {

}
