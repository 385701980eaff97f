#!/bin/bash
# A corpus on Slurm: one job reads and writes, an array of jobs scores. Nothing but sbatch is needed; dask-jobqueue does the same
# from Python. Edit the four lines with EDIT. Start it with: sbatch slurm.sh
# A job that ends, at its time limit too, loses at most the chunk it was at: submit the same file again.
#SBATCH --job-name=toward
#SBATCH --cpus-per-task=2
#SBATCH --mem=8G
#SBATCH --time=24:00:00
set -eu

ENVIRONMENT=$HOME/toward/.venv      # EDIT: where toward[corpus] is installed, on a disk that all nodes see
CORPUS=$HOME/archive/*.parquet      # EDIT: what toward score reads
OUT=$SCRATCH/scored                 # EDIT: a folder on a disk that this job sees
WORKERS=100                         # EDIT: cores

export PATH=$ENVIRONMENT/bin:$PATH
SCHEDULER=tcp://$(hostname -f):8786

dask scheduler --port 8786 --no-dashboard &
trap 'scancel "$ARRAY"; kill %1' EXIT
ARRAY=$(sbatch --parsable --job-name=toward-worker --array=1-"$WORKERS" --cpus-per-task=1 --mem=2G --time=24:00:00 \
  --export=ALL,OMP_NUM_THREADS=1 --wrap "dask worker $SCHEDULER --nthreads 1 --memory-limit 0 --no-dashboard --death-timeout 60")

toward score $CORPUS --out "$OUT" --scheduler "$SCHEDULER"
