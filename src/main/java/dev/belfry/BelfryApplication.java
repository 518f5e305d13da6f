package dev.belfry;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Belfry: one jar, and PostgreSQL beside it. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class BelfryApplication {

	public static void main(String[] args) {
		SpringApplication.run(BelfryApplication.class, args);
	}

}
