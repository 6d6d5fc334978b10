BEGIN TRANSACTION;
CREATE TABLE alterations (
	run_id VARCHAR(120) NOT NULL, 
	position INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	who TEXT NOT NULL, 
	command VARCHAR(60) NOT NULL, 
	sheet VARCHAR(60) NOT NULL, 
	"key" TEXT NOT NULL, 
	"column" VARCHAR(60) NOT NULL, 
	old TEXT NOT NULL, 
	new TEXT NOT NULL, 
	PRIMARY KEY (run_id, position), 
	FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "alterations" VALUES('r0',0,'2026-06-10 22:30:00.000000','甲','check','plan','T-1','forecast_finish','','2026-09-17');
INSERT INTO "alterations" VALUES('r1',0,'2026-06-10 22:30:00.000000','甲','check','plan','T-1','forecast_finish','','2026-09-17');
CREATE TABLE findings (
	run_id VARCHAR(120) NOT NULL, 
	position INTEGER NOT NULL, 
	finding VARCHAR(20) NOT NULL, 
	rule VARCHAR(20) NOT NULL, 
	severity VARCHAR(10) NOT NULL, 
	status VARCHAR(12) NOT NULL, 
	sheet VARCHAR(40) NOT NULL, 
	"key" TEXT NOT NULL, 
	"column" VARCHAR(60) NOT NULL, 
	cell VARCHAR(20) NOT NULL, 
	owner TEXT NOT NULL, 
	message_zh TEXT NOT NULL, 
	message_en TEXT NOT NULL, 
	PRIMARY KEY (run_id, position), 
	FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "findings" VALUES('r0',0,'F-961a72a5d8','PLN-01','high','new','plan','a','name','B2','','迟','late');
INSERT INTO "findings" VALUES('r0',1,'F-8cecb91ffc','PLN-01','high','new','plan','b','name','B2','','迟','late');
INSERT INTO "findings" VALUES('r1',0,'F-8cecb91ffc','PLN-01','high','new','plan','b','name','B2','','迟','late');
INSERT INTO "findings" VALUES('r1',1,'F-87bd7cab53','PLN-01','high','new','plan','c','name','B2','','迟','late');
CREATE TABLE projects (
	run_id VARCHAR(120) NOT NULL, 
	project_id VARCHAR(60) NOT NULL, 
	name_zh TEXT NOT NULL, 
	name_en TEXT NOT NULL, 
	health VARCHAR(10) NOT NULL, 
	percent_complete FLOAT, 
	planned_percent FLOAT, 
	forecast_finish DATE, 
	slip_days INTEGER, 
	spi FLOAT, 
	cpi FLOAT, 
	estimate_at_completion NUMERIC(18, 2), 
	satisfaction FLOAT, 
	PRIMARY KEY (run_id, project_id), 
	FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "projects" VALUES('r0','PRJ-001','甲','A','red',55.2,71.4,'2026-09-17',14,0.78,0.77,NULL,3.7);
INSERT INTO "projects" VALUES('r1','PRJ-001','甲','A','red',55.2,71.4,'2026-09-18',14,0.78,0.77,NULL,3.7);
CREATE TABLE runs (
	id VARCHAR(120) NOT NULL, 
	batch VARCHAR(120) NOT NULL, 
	job VARCHAR(200) NOT NULL, 
	book TEXT NOT NULL, 
	started_at DATETIME NOT NULL, 
	seconds FLOAT NOT NULL, 
	outcome VARCHAR(20) NOT NULL, 
	exit INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	status_date DATE, 
	reason_zh TEXT, 
	reason_en TEXT, 
	code VARCHAR(60) NOT NULL, 
	edits INTEGER NOT NULL, 
	documents TEXT NOT NULL, 
	peak_megabytes FLOAT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES('r0','b0','nightly','/p/a.xlsx','2026-06-10 22:30:00.000000',1.5,'done',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd',NULL,NULL,NULL,'',0,'[]',0.0);
INSERT INTO "runs" VALUES('r1','b1','nightly','/p/a.xlsx','2026-06-11 22:30:00.000000',1.5,'done',1,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd',NULL,NULL,NULL,'',0,'[]',0.0);
CREATE TABLE schema_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema_version" VALUES(1);
CREATE INDEX ix_runs_started_at ON runs (started_at);
CREATE INDEX ix_runs_book ON runs (book);
COMMIT;
